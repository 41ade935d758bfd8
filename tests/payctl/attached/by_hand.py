"""What somebody could attach to the resources of an account, past Terraform."""

import json
from collections.abc import Callable
from typing import Final

from tests.payctl.attached.account import Account, archive, client

STRANGER: Final = "999999999999"
_OPEN: Final = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "dynamodb:*", "Resource": "*"}
        ],
    }
)
_NAME: Final = "payment-f-dev"


def _permission(_: Account) -> None:
    client("lambda").add_permission(
        FunctionName=_NAME,
        StatementId="stranger",
        Action="lambda:InvokeFunction",
        Principal=STRANGER,
    )


def _alias(_: Account) -> None:
    client("lambda").create_alias(FunctionName=_NAME, Name="live", FunctionVersion="$LATEST")


def _version(_: Account) -> None:
    client("lambda").publish_version(FunctionName=_NAME)


def _event_source_mapping(_: Account) -> None:
    queue = client("sqs").create_queue(QueueName="stranger")["QueueUrl"]
    attributes = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    client("lambda").create_event_source_mapping(
        FunctionName=_NAME, EventSourceArn=attributes["Attributes"]["QueueArn"]
    )


def _api(account: Account) -> str:
    return str(account.attributes("aws_api_gateway_rest_api")["id"])


def _root(account: Account) -> str:
    items = client("apigateway").get_resources(restApiId=_api(account))["items"]
    return str(next(one["id"] for one in items if one["path"] == "/"))


def _api_resource(account: Account) -> None:
    client("apigateway").create_resource(
        restApiId=_api(account), parentId=_root(account), pathPart="debug"
    )


def _api_method(account: Account) -> None:
    client("apigateway").put_method(
        restApiId=_api(account),
        resourceId=_root(account),
        httpMethod="POST",
        authorizationType="NONE",
    )


def _api_stage(account: Account) -> None:
    deployment = account.attributes("aws_api_gateway_deployment")["id"]
    client("apigateway").create_stage(
        restApiId=_api(account), stageName="debug", deploymentId=deployment
    )


def _authorizer(account: Account) -> None:
    client("apigateway").create_authorizer(
        restApiId=_api(account),
        name="stranger",
        type="TOKEN",
        authorizerUri="arn:aws:apigateway:us-east-1:lambda:path/x",
        identitySource="method.request.header.Authorization",
    )


def _usage_plan(account: Account) -> None:
    client("apigateway").create_usage_plan(
        name="free", apiStages=[{"apiId": _api(account), "stage": "v1"}]
    )


def _custom_domain(account: Account) -> None:
    gateway = client("apigateway")
    gateway.create_domain_name(domainName="pay.example.net")
    gateway.create_base_path_mapping(
        domainName="pay.example.net", restApiId=_api(account), stage="v1"
    )


def _throttle(account: Account) -> None:
    client("apigateway").update_stage(
        restApiId=_api(account),
        stageName="v1",
        patchOperations=[{"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "10000"}],
    )


def _grant(account: Account) -> None:
    client("kms").create_grant(
        KeyId=account.attributes("aws_kms_key")["key_id"],
        GranteePrincipal=f"arn:aws:iam::{STRANGER}:root",
        Operations=["Decrypt"],
    )


def _key_alias(account: Account) -> None:
    client("kms").create_alias(
        AliasName="alias/second", TargetKeyId=account.attributes("aws_kms_key")["key_id"]
    )


def _table_policy(account: Account) -> None:
    client("dynamodb").put_resource_policy(
        ResourceArn=account.attributes("aws_dynamodb_table")["arn"], Policy=_OPEN
    )


def _table_backup(_: Account) -> None:
    client("dynamodb").create_backup(TableName="payment-t-dev", BackupName="mine")


def _scaling(_: Account) -> None:
    scaling = client("application-autoscaling")
    target = {
        "ServiceNamespace": "dynamodb",
        "ResourceId": "table/payment-t-dev",
        "ScalableDimension": "dynamodb:table:WriteCapacityUnits",
    }
    scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=40_000)
    scaling.put_scaling_policy(**target, PolicyName="more", PolicyType="TargetTrackingScaling")
    scaling.put_scheduled_action(**target, ScheduledActionName="nightly", Schedule="rate(1 day)")


def _cluster_instance(_: Account) -> None:
    client("rds").create_db_instance(
        DBInstanceIdentifier="copy",
        DBClusterIdentifier="payment-c-dev",
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
    )


def _snapshots(_: Account) -> None:
    rds = client("rds")
    rds.create_db_cluster_snapshot(
        DBClusterSnapshotIdentifier="mine", DBClusterIdentifier="payment-c-dev"
    )
    rds.create_db_snapshot(DBSnapshotIdentifier="mine", DBInstanceIdentifier="payment-i-dev")


def _notification(_: Account) -> None:
    topic = client("sns").create_topic(Name="stranger")["TopicArn"]
    client("s3").put_bucket_notification_configuration(
        Bucket="payment-b-dev",
        NotificationConfiguration={
            "TopicConfigurations": [{"TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}]
        },
    )


def _subscription(account: Account) -> None:
    client("sns").subscribe(
        TopicArn=account.attributes("aws_sns_topic")["arn"],
        Protocol="https",
        Endpoint="https://stranger.example.net/",
    )


def _subscription_filter(_: Account) -> None:
    stream = client("kinesis")
    stream.create_stream(StreamName="stranger", ShardCount=1)
    arn = stream.describe_stream(StreamName="stranger")["StreamDescription"]["StreamARN"]
    client("logs").put_subscription_filter(
        logGroupName="/aws/lambda/payment-f-dev",
        filterName="stranger",
        filterPattern="",
        destinationArn=arn,
    )


def _metric_filter(_: Account) -> None:
    client("logs").put_metric_filter(
        logGroupName="/aws/lambda/payment-f-dev",
        filterName="amounts",
        filterPattern="x",
        metricTransformations=[{"metricName": "m", "metricNamespace": "n", "metricValue": "1"}],
    )


def _rule_target(_: Account) -> None:
    client("events").put_targets(
        Rule="payment-r-dev",
        Targets=[{"Id": "stranger", "Arn": f"arn:aws:lambda:us-east-1:{STRANGER}:function:x"}],
    )


def _vpc(account: Account) -> str:
    return str(account.attributes("aws_vpc")["id"])


def _security_group(account: Account) -> None:
    client("ec2").create_security_group(GroupName="s", Description="d", VpcId=_vpc(account))


def _rule(account: Account, type_: str) -> None:
    client("ec2").authorize_security_group_ingress(
        GroupId=account.attributes(type_)["id"],
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 22,
                "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
            }
        ],
    )


def _subnet(account: Account) -> None:
    client("ec2").create_subnet(VpcId=_vpc(account), CidrBlock="10.0.9.0/24")


def _route_table(account: Account) -> None:
    client("ec2").create_route_table(VpcId=_vpc(account))


def _internet_gateway(account: Account) -> str:
    gateway = client("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    client("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=_vpc(account))
    return str(gateway)


def _gateway(account: Account) -> None:
    _internet_gateway(account)


def _route(account: Account) -> None:
    client("ec2").create_route(
        RouteTableId=account.attributes("aws_route_table")["id"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=_internet_gateway(account),
    )


def _main_route(account: Account) -> None:
    tables = client("ec2").describe_route_tables(
        Filters=[
            {"Name": "vpc-id", "Values": [_vpc(account)]},
            {"Name": "association.main", "Values": ["true"]},
        ]
    )["RouteTables"]
    client("ec2").create_route(
        RouteTableId=tables[0]["RouteTableId"],
        DestinationCidrBlock="0.0.0.0/0",
        GatewayId=_internet_gateway(account),
    )


def _network_acl(account: Account) -> None:
    client("ec2").create_network_acl(VpcId=_vpc(account))


def _peering(account: Account) -> None:
    other = client("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    client("ec2").create_vpc_peering_connection(VpcId=_vpc(account), PeerVpcId=other)


def _peered(account: Account) -> None:
    other = client("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    client("ec2").create_vpc_peering_connection(VpcId=other, PeerVpcId=_vpc(account))


def _endpoint(account: Account) -> None:
    client("ec2").create_vpc_endpoint(VpcId=_vpc(account), ServiceName="com.amazonaws.us-east-1.s3")


def _nat(account: Account) -> None:
    client("ec2").create_nat_gateway(SubnetId=account.attributes("aws_subnet")["id"])


def _cidr(account: Account) -> None:
    client("ec2").associate_vpc_cidr_block(VpcId=_vpc(account), CidrBlock="10.200.0.0/16")


def _instance(account: Account) -> None:
    image = client("ec2").describe_images()["Images"][0]["ImageId"]
    client("ec2").run_instances(
        ImageId=image, MinCount=1, MaxCount=1, SubnetId=account.attributes("aws_subnet")["id"]
    )


def _listener(account: Account) -> None:
    client("elbv2").create_listener(
        LoadBalancerArn=account.attributes("aws_lb")["arn"],
        Protocol="HTTP",
        Port=8080,
        DefaultActions=[
            {
                "Type": "forward",
                "TargetGroupArn": account.attributes("aws_lb_target_group")["arn"],
            }
        ],
    )


def _listener_rule(account: Account) -> None:
    client("elbv2").create_rule(
        ListenerArn=account.attributes("aws_lb_listener")["arn"],
        Priority=1,
        Conditions=[{"Field": "path-pattern", "Values": ["/debug"]}],
        Actions=[
            {
                "Type": "forward",
                "TargetGroupArn": account.attributes("aws_lb_target_group")["arn"],
            }
        ],
    )


def _target(account: Account) -> None:
    client("lambda").create_function(
        FunctionName="stranger",
        Runtime="python3.13",
        Role=account.attributes("aws_iam_role")["arn"],
        Handler="code.handle",
        Code={"ZipFile": archive()},
    )
    arn = client("lambda").get_function(FunctionName="stranger")["Configuration"]["FunctionArn"]
    client("elbv2").register_targets(
        TargetGroupArn=account.attributes("aws_lb_target_group")["arn"], Targets=[{"Id": arn}]
    )


BY_HAND: Final[dict[str, Callable[[Account], None]]] = {
    "permission": _permission,
    "alias": _alias,
    "version": _version,
    "event source mapping": _event_source_mapping,
    "API resource": _api_resource,
    "API method": _api_method,
    "API stage": _api_stage,
    "authorizer": _authorizer,
    "usage plan": _usage_plan,
    "custom domain": _custom_domain,
    "settings of a method, such as its throttle": _throttle,
    "grant": _grant,
    "key alias": _key_alias,
    "resource policy": _table_policy,
    "backup made by hand": _table_backup,
    "scalable target": _scaling,
    "scaling policy": _scaling,
    "scheduled scaling": _scaling,
    "cluster instance": _cluster_instance,
    "snapshot made by hand": _snapshots,
    "notification": _notification,
    "subscription": _subscription,
    "subscription filter": _subscription_filter,
    "metric filter": _metric_filter,
    "rule target": _rule_target,
    "security group": _security_group,
    "security group rule": lambda account: _rule(account, "aws_security_group"),
    "subnet": _subnet,
    "route table": _route_table,
    "route": _route,
    "route of the main route table": _main_route,
    "network ACL": _network_acl,
    "peering asked for by the VPC": _peering,
    "peering with the VPC": _peered,
    "VPC endpoint": _endpoint,
    "internet gateway": _gateway,
    "NAT gateway": _nat,
    "CIDR block": _cidr,
    "instance": _instance,
    "listener": _listener,
    "listener rule": _listener_rule,
    "target": _target,
}
"""The changes by the name of the attachment that they make."""

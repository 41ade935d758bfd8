"""What somebody could attach to the resources of an account, past Terraform."""

import json
from collections.abc import Callable
from typing import Final

from tests.payctl.attached.account import Account, client
from tests.payctl.attached.by_hand_in_network import IN_NETWORK

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


BY_HAND: Final[dict[str, Callable[[Account], None]]] = {
    **IN_NETWORK,
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
}
"""The changes by the name of the attachment that they make."""

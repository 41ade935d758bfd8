"""An account of moto with one resource of each type, and the state that Terraform would have."""

import io
import json
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import boto3
from attrs import frozen

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"
TRUST: Final = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


@cache
def client(service: str) -> Any:
    """Return a client of the account; its stubs know the services by literals."""
    make: Any = boto3.client
    return make(service, region_name=REGION)


def archive() -> bytes:
    """Return the code of a function that does nothing."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("code.py", "")
    return written.getvalue()


def state(*resources: tuple[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a state of *resources*, pairs of type and attributes."""
    return {
        "version": 4,
        "resources": [
            {
                "mode": "managed",
                "type": type_,
                "name": f"r{index}",
                "instances": [{"attributes": dict(attributes)}],
            }
            for index, (type_, attributes) in enumerate(resources)
        ],
    }


@frozen(kw_only=True)
class Account:
    """What was made, and the state that knows all of it."""

    state: Mapping[str, Any]

    def attributes(self, type_: str) -> Mapping[str, Any]:
        """Return the attributes of the first resource of *type_*."""
        found: Mapping[str, Any] = next(
            one["instances"][0]["attributes"]
            for one in self.state["resources"]
            if one["type"] == type_
        )
        return found


def make() -> Account:
    """Make one resource of each type that something can be attached to."""
    resources = [*_compute(), *_data(), *_network()]
    return Account(state=state(*resources))


def _compute() -> list[tuple[str, dict[str, Any]]]:
    role = client("iam").create_role(RoleName="payment-f-dev", AssumeRolePolicyDocument=TRUST)
    function = client("lambda").create_function(
        FunctionName="payment-f-dev",
        Runtime="python3.13",
        Role=role["Role"]["Arn"],
        Handler="code.handle",
        Code={"ZipFile": archive()},
    )
    layer = client("lambda").publish_layer_version(
        LayerName="payment-l-dev", Content={"ZipFile": archive()}
    )
    gateway = client("apigateway")
    api = gateway.create_rest_api(name="payment-api-dev")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    gateway.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    gateway.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="MOCK")
    deployment = gateway.create_deployment(restApiId=api, stageName="v1")["id"]
    return [
        ("aws_iam_role", {"arn": role["Role"]["Arn"], "name": "payment-f-dev"}),
        (
            "aws_lambda_function",
            {
                "arn": function["FunctionArn"],
                "id": "payment-f-dev",
                "function_name": "payment-f-dev",
                "version": "$LATEST",
            },
        ),
        ("aws_lambda_layer_version", {"layer_arn": layer["LayerArn"], "version": "1"}),
        ("aws_api_gateway_rest_api", {"id": api, "name": "payment-api-dev"}),
        (
            "aws_api_gateway_method",
            {"id": f"agm-{api}-{root}-GET", "rest_api_id": api, "resource_id": root},
        ),
        ("aws_api_gateway_deployment", {"id": deployment, "rest_api_id": api}),
        (
            "aws_api_gateway_stage",
            {"id": f"ags-{api}-v1", "rest_api_id": api, "stage_name": "v1"},
        ),
    ]


def _data() -> list[tuple[str, dict[str, Any]]]:
    key = client("kms").create_key()["KeyMetadata"]
    table = client("dynamodb").create_table(
        TableName="payment-t-dev",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]
    client("s3").create_bucket(Bucket="payment-b-dev")
    topic = client("sns").create_topic(Name="payment-x-dev")["TopicArn"]
    client("logs").create_log_group(logGroupName="/aws/lambda/payment-f-dev")
    client("events").put_rule(Name="payment-r-dev", ScheduleExpression="rate(1 minute)")
    client("rds").create_db_cluster(
        DBClusterIdentifier="payment-c-dev",
        Engine="aurora-postgresql",
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
    )
    client("rds").create_db_instance(
        DBInstanceIdentifier="payment-i-dev",
        DBInstanceClass="db.t3.medium",
        Engine="postgres",
        AllocatedStorage=20,
        MasterUsername="owner",
        MasterUserPassword="not-a-secret",
    )
    return [
        ("aws_kms_key", {"arn": key["Arn"], "key_id": key["KeyId"], "id": key["KeyId"]}),
        ("aws_dynamodb_table", {"arn": table["TableArn"], "name": "payment-t-dev"}),
        ("aws_s3_bucket", {"arn": "arn:aws:s3:::payment-b-dev", "id": "payment-b-dev"}),
        ("aws_sns_topic", {"arn": topic, "id": topic}),
        ("aws_cloudwatch_log_group", {"name": "/aws/lambda/payment-f-dev"}),
        ("aws_cloudwatch_event_rule", {"name": "payment-r-dev", "id": "payment-r-dev"}),
        ("aws_rds_cluster", {"cluster_identifier": "payment-c-dev", "id": "payment-c-dev"}),
        ("aws_db_instance", {"identifier": "payment-i-dev", "id": "db-ABC"}),
    ]


def _network() -> list[tuple[str, dict[str, Any]]]:
    ec2, elb = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for cidr, zone in (("10.0.0.0/24", "us-east-1a"), ("10.0.1.0/24", "us-east-1b"))
    ]
    of_vpc = [{"Name": "vpc-id", "Values": [vpc]}]
    default = ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"][0]["GroupId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    for one in (default, group):  # As the provider does.
        rules = ec2.describe_security_groups(GroupIds=[one])["SecurityGroups"][0]
        ec2.revoke_security_group_egress(GroupId=one, IpPermissions=rules["IpPermissionsEgress"])
        if rules["IpPermissions"]:
            ec2.revoke_security_group_ingress(GroupId=one, IpPermissions=rules["IpPermissions"])
    routes = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    balancer = elb.create_load_balancer(Name="lb", Subnets=subnets)["LoadBalancers"][0]
    targets = elb.create_target_group(Name="tg", TargetType="lambda")["TargetGroups"][0]
    listener = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": targets["TargetGroupArn"]}],
    )["Listeners"][0]["ListenerArn"]
    return [
        ("aws_vpc", {"id": vpc, "cidr_block": "10.0.0.0/16"}),
        *(("aws_subnet", {"id": subnet, "vpc_id": vpc}) for subnet in subnets),
        ("aws_default_security_group", {"id": default, "vpc_id": vpc}),
        ("aws_security_group", {"id": group, "vpc_id": vpc}),
        ("aws_route_table", {"id": routes, "vpc_id": vpc}),
        ("aws_lb", {"arn": balancer["LoadBalancerArn"], "id": balancer["LoadBalancerArn"]}),
        ("aws_lb_target_group", {"arn": targets["TargetGroupArn"], "id": "tg"}),
        (
            "aws_lb_listener",
            {"arn": listener, "id": listener, "load_balancer_arn": balancer["LoadBalancerArn"]},
        ),
    ]

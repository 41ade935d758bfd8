"""Hand-made changes to a deployed environment, of every kind that was seen in the wild."""

import io
import zipfile
from typing import Final

from audit.drift import Class
from tests.payctl.hand import Hand, Tamper, Touched
from tests.payctl.role_tampers import ROLES
from tests.payctl.unmanaged_tampers import UNMANAGED


def _function(hand: Hand, name: str, **changes: object) -> str:
    function = hand.one("aws_lambda_function", having=name)
    hand.client("lambda").update_function_configuration(
        FunctionName=function["function_name"], **changes
    )
    return function.address


def memory(hand: Hand) -> str:
    """Raise a function's memory."""
    return _function(hand, "processing", MemorySize=3008)


def timeout(hand: Hand) -> str:
    """Raise a function's timeout."""
    return _function(hand, "validation", Timeout=900)


def variable(hand: Hand) -> str:
    """Add a variable to a function."""
    function = hand.one("aws_lambda_function", having="notification")
    variables = {**function["environment"][0]["variables"], "DEBUG": "1"}
    return _function(hand, "notification", Environment={"Variables": variables})


def code(hand: Hand) -> str:
    """Replace a function's code."""
    function = hand.one("aws_lambda_function", having="status")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("evil.py", "def handle(event, context): return event")
    hand.client("lambda").update_function_code(
        FunctionName=function["function_name"], ZipFile=packed.getvalue()
    )
    return function.address


def open_port(hand: Hand) -> str:
    """Port 22 opened to the world."""
    group = hand.one("aws_security_group")
    hand.client("ec2").authorize_security_group_ingress(
        GroupId=group["id"], IpProtocol="tcp", FromPort=22, ToPort=22, CidrIp="0.0.0.0/0"
    )
    return group.address


def closed_port(hand: Hand) -> str:
    """Egress rule removed."""
    rule = hand.one("aws_vpc_security_group_egress_rule")
    hand.client("ec2").revoke_security_group_egress(
        GroupId=rule["security_group_id"], SecurityGroupRuleIds=[rule["security_group_rule_id"]]
    )
    return rule.address


def versioning(hand: Hand) -> str:
    """Bucket versioning suspended."""
    found = hand.one("aws_s3_bucket_versioning")
    hand.client("s3").put_bucket_versioning(
        Bucket=found["bucket"], VersioningConfiguration={"Status": "Suspended"}
    )
    return found.address


def bucket_policy(hand: Hand) -> str:
    """Bucket policy deleted."""
    found = hand.one("aws_s3_bucket_policy")
    hand.client("s3").delete_bucket_policy(Bucket=found["bucket"])
    return found.address


def lifecycle(hand: Hand) -> str:
    """Lifecycle shortened."""
    found = hand.one("aws_s3_bucket_lifecycle_configuration")
    hand.client("s3").put_bucket_lifecycle_configuration(
        Bucket=found["bucket"],
        LifecycleConfiguration={
            "Rules": [
                {
                    "ID": "now",
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "Expiration": {"Days": 1},
                }
            ]
        },
    )
    return found.address


def public_access(hand: Hand) -> str:
    """Public access allowed."""
    found = hand.one("aws_s3_bucket_public_access_block")
    hand.client("s3").put_public_access_block(
        Bucket=found["bucket"],
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": False,
            "IgnorePublicAcls": False,
            "BlockPublicPolicy": False,
            "RestrictPublicBuckets": False,
        },
    )
    return found.address


def capacity(hand: Hand) -> str:
    """Table capacity."""
    table = hand.one("aws_dynamodb_table", having="transactions")
    hand.client("dynamodb").update_table(
        TableName=table["name"],
        ProvisionedThroughput={"ReadCapacityUnits": 77, "WriteCapacityUnits": 77},
    )
    return table.address


def recovery(hand: Hand) -> str:
    """Table recovery."""
    table = hand.one("aws_dynamodb_table", having="audit")
    enabled = table["point_in_time_recovery"][0]["enabled"]
    hand.client("dynamodb").update_continuous_backups(
        TableName=table["name"],
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": not enabled},
    )
    return table.address


def _alarms(hand: Hand) -> tuple[Touched, Touched]:
    return (
        hand.one("aws_cloudwatch_metric_alarm", having="api_5xx"),
        hand.one("aws_cloudwatch_metric_alarm", having="processing_errors"),
    )


def deleted_alarm(hand: Hand) -> str:
    """Alarm deleted."""
    alarm, _ = _alarms(hand)
    hand.client("cloudwatch").delete_alarms(AlarmNames=[alarm["alarm_name"]])
    return alarm.address


def threshold(hand: Hand) -> str:
    """Alarm threshold."""
    _, alarm = _alarms(hand)
    hand.client("cloudwatch").put_metric_alarm(
        AlarmName=alarm["alarm_name"],
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Statistic="Sum",
        Period=300,
        EvaluationPeriods=1,
        Threshold=123456,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    return alarm.address


def changed_tag(hand: Hand) -> str:
    """Tag changed."""
    topic = hand.one("aws_sns_topic")
    hand.client("sns").tag_resource(
        ResourceArn=topic["arn"], Tags=[{"Key": "CostCenter", "Value": "somebody-else"}]
    )
    return topic.address


def removed_tag(hand: Hand) -> str:
    """Tag removed."""
    group = hand.one("aws_cloudwatch_log_group", having="validation")
    hand.client("logs").untag_resource(
        resourceArn=group["arn"].removesuffix(":*"), tagKeys=["CostCenter"]
    )
    return group.address


def log_retention(hand: Hand) -> str:
    """Log retention."""
    group = hand.one("aws_cloudwatch_log_group", having="processing")
    hand.client("logs").put_retention_policy(logGroupName=group["name"], retentionInDays=1)
    return group.address


def queue(hand: Hand) -> str:
    """Queue retention."""
    found = hand.one("aws_sqs_queue", having="processing")
    hand.client("sqs").set_queue_attributes(
        QueueUrl=found["url"], Attributes={"MessageRetentionPeriod": "60"}
    )
    return found.address


def subscription(hand: Hand) -> str:
    """Subscription removed."""
    found = hand.one("aws_sns_topic_subscription")
    hand.client("sns").unsubscribe(SubscriptionArn=found["arn"])
    return found.address


def throttle(hand: Hand) -> str:
    """Raise the API's rate limit."""
    found = hand.one("aws_api_gateway_method_settings")
    hand.client("apigateway").update_stage(
        restApiId=found["rest_api_id"],
        stageName=found["stage_name"],
        patchOperations=[
            {"op": "replace", "path": "/*/*/throttling/rateLimit", "value": "9999"},
        ],
    )
    return found.address


def route(hand: Hand) -> str:
    """Route removed."""
    found = hand.one("aws_route")
    hand.client("ec2").delete_route(
        RouteTableId=found["route_table_id"], DestinationCidrBlock=found["destination_cidr_block"]
    )
    return found.address


def rotation(hand: Hand) -> str:
    """Key rotation off."""
    key = hand.one("aws_kms_key")
    hand.client("kms").disable_key_rotation(KeyId=key["key_id"])
    return key.address


def parameter(hand: Hand) -> str:
    """Parameter value."""
    found = hand.one("aws_ssm_parameter", having="blueprint")
    hand.client("ssm").put_parameter(
        Name=found["name"], Value="0" * 64, Type="String", Overwrite=True
    )
    return found.address


def schedule(hand: Hand) -> str:
    """Schedule disabled."""
    rule = hand.one("aws_cloudwatch_event_rule")
    hand.client("events").disable_rule(Name=rule["name"])
    return rule.address


def permission(hand: Hand) -> str:
    """Take a permission from a function."""
    found = hand.one("aws_lambda_permission")
    hand.client("lambda").remove_permission(
        FunctionName=found["function_name"], StatementId=found["statement_id"]
    )
    return found.address


def dashboard(hand: Hand) -> str:
    """Dashboard deleted."""
    found = hand.one("aws_cloudwatch_dashboard")
    hand.client("cloudwatch").delete_dashboards(DashboardNames=[found["dashboard_name"]])
    return found.address


TAMPERS: Final = (
    Tamper(name="function memory", kind=Class.DRIFT, does=memory),
    Tamper(name="function timeout", kind=Class.DRIFT, does=timeout),
    Tamper(name="function variable", kind=Class.DRIFT, does=variable),
    Tamper(name="function code replaced", kind=Class.DRIFT, does=code),
    Tamper(name="port 22 opened to the world", kind=Class.DRIFT, does=open_port),
    Tamper(name="egress rule removed", kind=Class.GONE, does=closed_port),
    Tamper(name="bucket versioning suspended", kind=Class.DRIFT, does=versioning),
    Tamper(name="bucket policy deleted", kind=Class.GONE, does=bucket_policy),
    Tamper(name="lifecycle shortened", kind=Class.DRIFT, does=lifecycle),
    Tamper(name="public access allowed", kind=Class.DRIFT, does=public_access),
    Tamper(name="table capacity", kind=Class.DRIFT, does=capacity),
    Tamper(name="table recovery", kind=Class.DRIFT, does=recovery),
    Tamper(name="alarm deleted", kind=Class.GONE, does=deleted_alarm),
    Tamper(name="alarm threshold", kind=Class.DRIFT, does=threshold),
    Tamper(name="tag changed", kind=Class.DRIFT, does=changed_tag),
    Tamper(name="tag removed", kind=Class.DRIFT, does=removed_tag),
    Tamper(name="log retention", kind=Class.DRIFT, does=log_retention),
    Tamper(name="queue retention", kind=Class.DRIFT, does=queue),
    Tamper(name="subscription removed", kind=Class.GONE, does=subscription),
    Tamper(name="API throttle", kind=Class.DRIFT, does=throttle),
    Tamper(name="route removed", kind=Class.GONE, does=route),
    Tamper(name="key rotation off", kind=Class.DRIFT, does=rotation),
    Tamper(name="parameter value", kind=Class.DRIFT, does=parameter),
    Tamper(name="schedule disabled", kind=Class.DRIFT, does=schedule),
    Tamper(name="function permission removed", kind=Class.GONE, does=permission),
    Tamper(name="dashboard deleted", kind=Class.GONE, does=dashboard),
    *ROLES,
    *UNMANAGED,
)

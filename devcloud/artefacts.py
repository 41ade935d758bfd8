"""What the emulator lacks: differences that a second plan shows for ever, and whole stacks."""

from typing import Final

from audit.synthesized import Stack

ARTEFACTS: Final = {
    "aws_db_instance": (
        "ministack forgets engine_lifecycle_support, enabled_cloudwatch_logs_exports, "
        "performance_insights_kms_key_id and database_insights_mode"
    ),
    "aws_rds_cluster": (
        "ministack forgets enabled_cloudwatch_logs_exports and database_insights_mode"
    ),
    "aws_rds_cluster_instance": "ministack forgets performance_insights_kms_key_id",
    "aws_vpc_endpoint": "ministack forgets the policy of an endpoint",
    "aws_cloudwatch_metric_alarm": (
        "ministack answers the provider's DescribeAlarms without period, statistic, dimensions "
        "and actions; proven on moto instead"
    ),
    "aws_flow_log": (
        "ministack forgets max_aggregation_interval and tags, so that the flow log is replaced; "
        "proven on moto instead"
    ),
}
"""The types of resources that never settle on ministack 1.5.33, and why."""

INVENTIONS: Final = {
    "CKV_AWS_378": (
        "ministack says of a target group of functions that it speaks HTTP; in AWS it has no "
        "protocol"
    ),
    "CKV_AWS_382": (
        "ministack keeps the rule that lets everything out of a new security group; in AWS the "
        "provider removes it at once"
    ),
}
"""The checks of checkov that fail in a plan for what only ministack says, and why."""

_NO_SCALING: Final = "ministack has no application autoscaling"
UNANSWERED: Final = {
    "application-autoscaling.describe_scalable_targets": _NO_SCALING,
    "application-autoscaling.describe_scaling_policies": _NO_SCALING,
    "application-autoscaling.describe_scheduled_actions": _NO_SCALING,
    "codepipeline.list_pipelines": "ministack has no CodePipeline",
    "ec2.describe_security_group_rules": (
        "ministack keeps the rule that lets everything out of a new security group; rules added "
        "later show as drift of the group"
    ),
    "ec2.describe_transit_gateway_vpc_attachments": "ministack has no transit gateways",
    "elbv2.describe_listener_certificates": "ministack has one certificate for each listener",
    "rds.describe_db_cluster_endpoints": "ministack has no custom endpoints",
    "s3control.list_access_points": "its host name begins with the account, which has no address",
}
"""The calls that ministack 1.5.33 does not answer, and why."""

_UNKNOWN: Final = {"aws_config_config_rule": "ministack has no rules of AWS Config"}


def why_left_out(stack: Stack) -> str:
    """Return why *stack* cannot be deployed to ministack 1.5.33, empty when it can."""
    types = stack.body.get("resource", {})
    return next((reason for type_, reason in _UNKNOWN.items() if type_ in types), "")

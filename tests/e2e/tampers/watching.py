"""Hand-made changes to what watches and what is told."""

from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper


@tamper(Class.GONE)
def deleted_alarm(hand: Hand) -> str:
    """Alarm deleted."""
    alarm = hand.one("aws_cloudwatch_metric_alarm", having="api_5xx")
    hand.client("cloudwatch").delete_alarms(AlarmNames=[alarm["alarm_name"]])
    return alarm.address


@tamper(Class.DRIFT, "threshold")
def threshold(hand: Hand) -> str:
    """Alarm threshold."""
    alarm = hand.one("aws_cloudwatch_metric_alarm", having="processing_errors")
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


@tamper(Class.DRIFT, "tags.CostCenter")
def changed_tag(hand: Hand) -> str:
    """Tag changed."""
    topic = hand.one("aws_sns_topic")
    hand.client("sns").tag_resource(
        ResourceArn=topic["arn"], Tags=[{"Key": "CostCenter", "Value": "somebody-else"}]
    )
    return topic.address


@tamper(Class.DRIFT, "tags_all.CostCenter")  # Of `tags`, the provider forgets what is gone.
def removed_tag(hand: Hand) -> str:
    """Tag removed."""
    group = hand.one("aws_cloudwatch_log_group", having="validation")
    hand.client("logs").untag_resource(
        resourceArn=group["arn"].removesuffix(":*"), tagKeys=["CostCenter"]
    )
    return group.address


@tamper(Class.DRIFT, "retention_in_days")
def log_retention(hand: Hand) -> str:
    """Log retention."""
    group = hand.one("aws_cloudwatch_log_group", having="processing")
    hand.client("logs").put_retention_policy(logGroupName=group["name"], retentionInDays=1)
    return group.address


@tamper(Class.GONE)
def subscription(hand: Hand) -> str:
    """Subscription removed."""
    found = hand.one("aws_sns_topic_subscription")
    hand.client("sns").unsubscribe(SubscriptionArn=found["arn"])
    return found.address


@tamper(Class.GONE)
def dashboard(hand: Hand) -> str:
    """Dashboard deleted."""
    found = hand.one("aws_cloudwatch_dashboard")
    hand.client("cloudwatch").delete_dashboards(DashboardNames=[found["dashboard_name"]])
    return found.address


WATCHING: Final = (
    deleted_alarm,
    threshold,
    changed_tag,
    removed_tag,
    log_retention,
    subscription,
    dashboard,
)

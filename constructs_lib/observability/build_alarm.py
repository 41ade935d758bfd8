"""The alarm for builds that fail: nobody else looks at them."""

from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.metric import PERIOD_SECONDS
from constructs_lib.site import Site


def build_alarm(
    scope: Construct, id_: str, *, site: Site, topic: AlertTopic, project: str, kind: str
) -> None:
    """Tell *topic* of every failed build of the project called *project*, in every environment."""
    CloudwatchMetricAlarm(
        scope,
        id_,
        alarm_name=site.name(f"{kind}-failed"),
        alarm_description=f"A build of {kind} failed",
        namespace="AWS/CodeBuild",
        metric_name="FailedBuilds",
        dimensions={"ProjectName": project},
        statistic="Sum",
        period=PERIOD_SECONDS,
        evaluation_periods=1,
        datapoints_to_alarm=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="notBreaching",
        actions_enabled=True,
        alarm_actions=[topic.arn],
        tags=site.tags,
    )

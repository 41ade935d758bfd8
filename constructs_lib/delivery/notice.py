"""Tells the alert topic of what ends badly: silence is no answer."""

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from constructs import Construct

from constructs_lib.identity.policy import json_template
from constructs_lib.site import Site


def notify_of_failed_builds(scope: Construct, *, site: Site, project: str, topic_arn: str) -> None:
    """Publish to the topic when the build called *project* fails, stops or takes too long."""
    _notify(
        scope,
        "failed_builds",
        site=site,
        topic_arn=topic_arn,
        pattern={
            "source": ["aws.codebuild"],
            "detail-type": ["CodeBuild Build State Change"],
            "detail": {
                "project-name": [project],
                "build-status": ["FAILED", "FAULT", "STOPPED", "TIMED_OUT"],
            },
        },
    )


def notify_of_failed_deliveries(
    scope: Construct, *, site: Site, pipeline: str, topic_arn: str
) -> None:
    """Publish to the topic when a run of *pipeline* does not get to its end."""
    _notify(
        scope,
        "failed_deliveries",
        site=site,
        topic_arn=topic_arn,
        pattern={
            "source": ["aws.codepipeline"],
            "detail-type": ["CodePipeline Pipeline Execution State Change"],
            "detail": {
                "pipeline": [pipeline],
                "state": ["CANCELED", "FAILED", "STOPPED", "SUPERSEDED"],
            },
        },
    )


def _notify(
    scope: Construct, id_: str, *, site: Site, topic_arn: str, pattern: dict[str, object]
) -> None:
    node = Construct(scope, id_)
    rule = CloudwatchEventRule(
        node,
        "rule",
        name=site.name(id_.replace("_", "-")),
        description="Tells the alert topic of what ended badly",
        event_pattern=json_template(pattern),
        state="ENABLED",
        tags=site.tags,
    )
    CloudwatchEventTarget(node, "target", rule=rule.name, target_id="alerts", arn=topic_arn)

"""Starts the pipeline when a release is put into its bucket; nobody polls."""

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.identity.policy import Statement, json_template, trust
from constructs_lib.identity.role import Role
from constructs_lib.site import Site


def start_on_upload(
    scope: Construct, id_: str, *, site: Site, bucket: Bucket, key: str, pipeline_arn: str
) -> None:
    """Start the pipeline with *pipeline_arn* whenever the object *key* of *bucket* is written."""
    node = Construct(scope, id_)
    S3BucketNotification(node, "events", bucket=bucket.name, eventbridge=True)
    rule = CloudwatchEventRule(
        node,
        "rule",
        name=site.name("start"),
        description="Starts the pipeline when there is another release",
        event_pattern=json_template(
            {
                "source": ["aws.s3"],
                "detail-type": ["Object Created"],
                "detail": {"bucket": {"name": [bucket.name]}, "object": {"key": [key]}},
            }
        ),
        state="ENABLED",
        tags=site.tags,
    )
    starter = Role.create(
        node,
        "starter",
        site=site,
        kind="pipeline-start",
        trust=trust("events.amazonaws.com", site.environment.identity.account_id),
        statements=[
            Statement(
                sid="StartPipeline",
                actions=["codepipeline:StartPipelineExecution"],
                resources=[pipeline_arn],
            )
        ],
    )
    CloudwatchEventTarget(
        node,
        "target",
        rule=rule.name,
        target_id="pipeline",
        arn=pipeline_arn,
        role_arn=starter.arn,
    )

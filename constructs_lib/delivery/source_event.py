"""Starts a pipeline when its source is uploaded."""

import json

from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.s3_bucket_notification import S3BucketNotification
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.site import Site


def start_on_upload(
    node: Construct, *, site: Site, bucket: Bucket, key: str, pipeline: str
) -> None:
    """Start the pipeline with the ARN *pipeline* for each new object *key* of *bucket*.

    An event comes whenever something is uploaded; polling ends after 30 days without a change.
    """
    S3BucketNotification(node, "events", bucket=bucket.name, eventbridge=True)
    rule = CloudwatchEventRule(
        node,
        "uploaded",
        name=site.name("source-uploaded"),
        description=f"Starts the pipeline for a new {key}",
        event_pattern=json.dumps(
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
        kind="pipeline-starter",
        trust=trust("events.amazonaws.com", site.environment.identity.account_id),
        statements=[
            Statement(
                sid="StartPipeline",
                actions=["codepipeline:StartPipelineExecution"],
                resources=[pipeline],
            )
        ],
    )
    CloudwatchEventTarget(
        node,
        "start",
        rule=rule.name,
        target_id="pipeline",
        arn=pipeline,
        role_arn=starter.arn,
    )

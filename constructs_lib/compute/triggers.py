"""What starts functions: queues, topics, buckets and schedules."""

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import (
    LambdaEventSourceMapping,
    LambdaEventSourceMappingScalingConfig,
)
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.s3_bucket_notification import (
    S3BucketNotification,
    S3BucketNotificationLambdaFunction,
)
from constructs import Construct

from constructs_lib.compute.function import Function
from constructs_lib.compute.resources import Resources
from constructs_lib.data.bucket import Bucket
from constructs_lib.site import Site


def start(
    node: Construct,
    function: Function,
    *,
    site: Site,
    resources: Resources,
    after: Sequence[ITerraformDependable],
) -> None:
    """Connect *function* to the queue, the topic, the bucket and the schedule that start it.

    What works with the database starts *after* it was migrated, or its first events would fail.
    """
    spec = function.spec
    after = after if spec.uses_database else ()
    if resources.queue and spec.receives_payments:
        LambdaEventSourceMapping(
            node,
            f"{spec.name}_queue",
            function_name=function.arn,
            event_source_arn=resources.queue.arn,
            enabled=True,
            batch_size=10,
            maximum_batching_window_in_seconds=0,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=LambdaEventSourceMappingScalingConfig(maximum_concurrency=5),
            tags=site.tags,
            depends_on=after or None,
        )
    if resources.topic and spec.event_types:
        resources.topic.notify(function, event_types=spec.event_types)
    if spec.inbound_prefix:
        _on_object(node, function, site, resources.buckets["inbound"], after=after)
    if spec.sweep_minutes:
        _on_schedule(node, function, site, after=after)


def _on_object(
    node: Construct,
    function: Function,
    site: Site,
    bucket: Bucket,
    *,
    after: Sequence[ITerraformDependable],
) -> None:
    permission = LambdaPermission(
        node,
        f"{function.spec.name}_may_be_started_by_bucket",
        statement_id="inbound",
        action="lambda:InvokeFunction",
        function_name=function.name,
        principal="s3.amazonaws.com",
        source_arn=bucket.arn,
        source_account=site.environment.identity.account_id,
    )
    S3BucketNotification(
        node,
        f"{function.spec.name}_objects",
        bucket=bucket.name,
        lambda_function=[
            S3BucketNotificationLambdaFunction(
                id="inbound",
                lambda_function_arn=function.arn,
                events=["s3:ObjectCreated:*"],
                filter_prefix=function.spec.inbound_prefix,
            )
        ],
        depends_on=[permission, *after],
    )


def _on_schedule(
    node: Construct, function: Function, site: Site, *, after: Sequence[ITerraformDependable]
) -> None:
    minutes = function.spec.sweep_minutes
    kind = f"{function.spec.name}-sweep"
    rule = CloudwatchEventRule(
        node,
        f"{function.spec.name}_schedule",
        name=site.name(kind),
        description=f"Starts {function.spec.name} for what is left over",
        schedule_expression=f"rate({minutes} minute{'s' if minutes > 1 else ''})",
        state="ENABLED",
        tags=site.tags,
    )
    CloudwatchEventTarget(
        node,
        f"{function.spec.name}_schedule_target",
        rule=rule.name,
        target_id=function.spec.name,
        arn=function.arn,
        depends_on=after or None,
    )
    LambdaPermission(
        node,
        f"{function.spec.name}_may_be_started_by_schedule",
        statement_id="schedule",
        action="lambda:InvokeFunction",
        function_name=function.name,
        principal="events.amazonaws.com",
        source_arn=rule.arn,
    )

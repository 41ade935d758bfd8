"""All functions of a platform: what each may touch, and what it is told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from attrs import field, frozen
from cdktf import Fn, ITerraformDependable
from cdktf_cdktf_provider_aws.cloudwatch_event_rule import CloudwatchEventRule
from cdktf_cdktf_provider_aws.cloudwatch_event_target import CloudwatchEventTarget
from cdktf_cdktf_provider_aws.lambda_event_source_mapping import (
    LambdaEventSourceMapping,
    LambdaEventSourceMappingScalingConfig,
)
from cdktf_cdktf_provider_aws.lambda_invocation import LambdaInvocation
from cdktf_cdktf_provider_aws.lambda_permission import LambdaPermission
from cdktf_cdktf_provider_aws.s3_bucket_notification import (
    S3BucketNotification,
    S3BucketNotificationLambdaFunction,
)
from constructs import Construct

from constructs_lib.compute.code import Code
from constructs_lib.compute.function import Function
from constructs_lib.data.bucket import Bucket
from constructs_lib.data.database import Database
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.data.table import Table
from constructs_lib.identity.encryption_key import EncryptionKey
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.identity.policy import Statement
from constructs_lib.network.network import Network
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.site import Site
from model.parts import FunctionSpec


@frozen(kw_only=True, eq=False)
class Resources:
    """What functions work with; a platform has only some of it."""

    tables: Mapping[str, Table]
    buckets: Mapping[str, Bucket]
    queue: PaymentQueue | None
    database: Database | None
    topic: AlertTopic | None
    webhook_secret: GeneratedSecret | None
    webhook_url: str

    def access(self, spec: FunctionSpec) -> Iterator[Statement]:
        """Yield what *spec* may do, and nothing more [F3, P1]."""
        yield from (self.tables[name].read() for name in spec.reads_tables)
        yield from (self.tables[name].write() for name in spec.writes_tables)
        yield from (self.buckets[name].read() for name in spec.reads_buckets)
        yield from (self.buckets[name].write() for name in spec.writes_buckets)
        if self.queue and spec.sends_payments:
            yield self.queue.send()
        if self.queue and spec.receives_payments:
            yield self.queue.receive()
        if self.topic and spec.publishes_events:
            yield self.topic.publish()
        if self.database and spec.uses_database:
            yield self.database.connect()
        if self.webhook_secret and spec.signs_webhooks:
            yield self.webhook_secret.read()

    def variables(self, spec: FunctionSpec) -> Iterator[tuple[str, str]]:
        """Yield the environment variables of *spec*; of a secret, only its name [F4]."""
        for name in dict.fromkeys((*spec.reads_tables, *spec.writes_tables)):
            yield self.tables[name].variable
        for name in dict.fromkeys((*spec.reads_buckets, *spec.writes_buckets)):
            yield self.buckets[name].variable
        if self.queue and spec.sends_payments:
            yield "PAYMENT_QUEUE_URL", self.queue.url
        if self.topic and spec.publishes_events:
            yield "EVENT_TOPIC_ARN", self.topic.arn
        if self.database and spec.uses_database:
            yield from self.database.variables.items()
        if spec.moves_money:
            yield "PAYMENT_GATEWAY", "sandbox"
        if self.webhook_secret and spec.signs_webhooks:
            yield "WEBHOOK_URL", self.webhook_url
            yield "WEBHOOK_SECRET_PARAMETER", self.webhook_secret.parameter_name

    @property
    def ready(self) -> Sequence[ITerraformDependable]:
        """What must exist before a function can be called."""
        return self.database.ready if self.database else ()


@frozen(kw_only=True, eq=False)
class Functions:
    """The functions of a platform, by name."""

    by_name: Mapping[str, Function] = field(factory=dict)
    node: Construct

    def __getitem__(self, name: str) -> Function:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Function]:
        return iter(self.by_name.values())

    @classmethod
    def create(  # noqa: PLR0913 - collaborators
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        code: Code,
        key: EncryptionKey,
        network: Network,
        group: SecurityGroup,
        boundary: PermissionBoundary,
        resources: Resources,
    ) -> Self:
        """Create every function of the platform and what starts it."""
        node = Construct(scope, id_)
        made = {
            spec.name: Function.create(
                node,
                spec.name,
                site=site,
                spec=spec,
                code=code,
                key=key,
                network=network,
                group=group,
                boundary=boundary,
                statements=tuple(resources.access(spec)),
                variables=dict(resources.variables(spec)),
            )
            for spec in site.platform.functions
        }
        for function in made.values():
            _start(node, function, site, resources)
            if function.spec.runs_on_deploy:
                _on_deploy(node, function, code, [*network.ways_out, *resources.ready])
        return cls(by_name=made, node=node)


def _start(node: Construct, function: Function, site: Site, resources: Resources) -> None:
    """Connect *function* to the queue, the topic, the bucket and the schedule that start it."""
    spec = function.spec
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
        )
    if resources.topic and spec.event_types:
        resources.topic.notify(function, event_types=spec.event_types)
    if spec.inbound_prefix:
        _on_object(node, function, site, resources.buckets["inbound"])
    if spec.sweep_minutes:
        _on_schedule(node, function, site)


def _on_object(node: Construct, function: Function, site: Site, bucket: Bucket) -> None:
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
        depends_on=[permission],
    )


def _on_schedule(node: Construct, function: Function, site: Site) -> None:
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


def _on_deploy(
    node: Construct, function: Function, code: Code, after: Sequence[ITerraformDependable]
) -> None:
    """Call *function* once for every version of the code; the deploy fails when it does."""
    LambdaInvocation(
        node,
        f"{function.spec.name}_on_deploy",
        function_name=function.name,
        input=Fn.jsonencode({"code_sha256": code.archive.sha256}),
        lifecycle_scope="CREATE_ONLY",
        depends_on=[function.resource, *after],
    )

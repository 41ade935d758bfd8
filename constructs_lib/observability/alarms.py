"""Alarms: what is watched in every environment, from a threshold of its own."""

from functools import partial
from typing import Final, Self

from attrs import frozen
from cdktf import Fn, Op, Token
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from constructs_lib.compute.functions import Functions
from constructs_lib.compute.resources import Resources
from constructs_lib.compute.rest_api import RestApi
from constructs_lib.compute.routes import STAGE
from constructs_lib.data.database import Database
from constructs_lib.data.dead_letters import DeadLetterQueue
from constructs_lib.data.event_topic import EventTopic
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.table import Table
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.metric import PERIOD_SECONDS, Metric
from constructs_lib.site import Site
from model.parts import AlarmKind

_PERCENT: Final = 100
_SECONDS_PER_MINUTE: Final = 60
_BYTES_PER_GIBIBYTE: Final = 2**30


@frozen(kw_only=True, eq=False)
class Alarms:
    """The alarms of a platform; each kind only where the platform has it [O2, O4]."""

    node: Construct
    site: Site
    actions: list[str]
    count: float

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, topic: AlertTopic) -> Self:
        """Make a place for alarms that notify *topic*."""
        node, count = Construct(scope, id_), 0.0
        if site.platform.alarms:
            count = Token.as_number(Fn.conditional(site.environment.alarms.enabled, 1, 0))
        return cls(node=node, site=site, actions=[topic.arn], count=count)

    def watch(self, *, functions: Functions, resources: Resources, api: RestApi | None) -> None:
        """Watch whatever the platform has."""
        self.watch_functions(functions)
        for table in resources.tables.values():
            self.watch_table(table)
        if resources.queue:
            self.watch_queue(resources.queue)
        if resources.topic:
            self.watch_topic(resources.topic)
        if api:
            self.watch_api(api)
        if resources.database:
            self.watch_database(resources.database)

    def watch_functions(self, functions: Functions) -> None:
        """Watch errors, throttles, duration and failed events of every function."""
        settings = self.site.environment.alarms
        for function in functions:
            name, milliseconds = function.spec.name, function.spec.timeout_seconds * 1000
            of = partial(Metric, namespace="AWS/Lambda", dimensions={"FunctionName": function.name})
            self._alarm(
                AlarmKind.LAMBDA_ERRORS,
                f"{name}-errors",
                of(name="Errors"),
                settings.lambda_errors_count,
            )
            self._alarm(
                AlarmKind.LAMBDA_THROTTLES,
                f"{name}-throttles",
                of(name="Throttles"),
                settings.lambda_throttles_count,
            )
            self._alarm(
                AlarmKind.LAMBDA_DURATION,
                f"{name}-duration",
                of(name="Duration", statistic="Maximum"),
                settings.lambda_duration_percent,
                scale=milliseconds / _PERCENT,
            )
            self._watch_dead_letters(f"{name}-failures", function.dead_letters)
            self._watch_loss(f"{name}-lost-failures", of(name="DeadLetterErrors"))

    def watch_table(self, table: Table) -> None:
        """Watch requests that a table, or an index of it, refuses for want of capacity.

        An index counts its own, and blocks writes to its table.
        """
        indexes = {f"{table.spec.name}-{one.name}": one.name for one in table.spec.indexes}
        for name, index in {table.spec.name: "", **indexes}.items():
            dimensions = {"TableName": table.name}
            if index:
                dimensions["GlobalSecondaryIndexName"] = index
            for metric in ("ReadThrottleEvents", "WriteThrottleEvents"):
                self._alarm(
                    AlarmKind.TABLE_THROTTLES,
                    f"{name}-{metric[:-14].lower()}-throttles",
                    Metric(namespace="AWS/DynamoDB", name=metric, dimensions=dimensions),
                    self.site.environment.alarms.table_throttles_count,
                )

    def watch_api(self, api: RestApi) -> None:
        """Watch the share of requests that fail, by whose fault it is."""
        settings = self.site.environment.alarms
        for kind, metric, percent in (
            (AlarmKind.API_4XX, "4XXError", settings.api_4xx_percent),
            (AlarmKind.API_5XX, "5XXError", settings.api_5xx_percent),
        ):
            self._alarm(
                kind,
                kind.value,
                Metric(
                    namespace="AWS/ApiGateway",
                    name=metric,
                    dimensions={"ApiName": api.name, "Stage": STAGE},
                    statistic="Average",
                ),
                percent,
                scale=1 / _PERCENT,
            )

    def watch_queue(self, queue: PaymentQueue) -> None:
        """Watch payments that could not be processed, and those that nobody processes."""
        self._watch_dead_letters("dead-letters", queue.dead_letters)
        self._alarm(
            AlarmKind.QUEUE_AGE,
            "queue-age",
            Metric(
                namespace="AWS/SQS",
                name="ApproximateAgeOfOldestMessage",
                dimensions={"QueueName": queue.name},
                statistic="Maximum",
            ),
            self.site.environment.alarms.queue_age_minutes,
            scale=_SECONDS_PER_MINUTE,
        )

    def watch_topic(self, topic: EventTopic) -> None:
        """Watch events that could neither be delivered nor kept."""
        self._watch_loss(
            "lost-events",
            Metric(
                namespace="AWS/SNS",
                name="NumberOfNotificationsFailedToRedriveToDlq",
                dimensions={"TopicName": topic.name},
            ),
        )

    def watch_database(self, database: Database) -> None:
        """Watch how busy the database is, and how full."""
        settings = self.site.environment.alarms
        of = partial(Metric, namespace="AWS/RDS", dimensions=database.dimensions)
        self._alarm(
            AlarmKind.DATABASE_CPU,
            "database-cpu",
            of(name="CPUUtilization", statistic="Average"),
            settings.database_cpu_percent,
        )
        self._alarm(
            AlarmKind.DATABASE_STORAGE,
            "database-storage",
            of(name=database.storage_metric, statistic="Minimum"),
            settings.database_free_gibibytes,
            scale=_BYTES_PER_GIBIBYTE,
            comparison="LessThanThreshold",
        )

    def _watch_dead_letters(self, name: str, queue: DeadLetterQueue) -> None:
        self._alarm(
            AlarmKind.DEAD_LETTERS,
            name,
            Metric(
                namespace="AWS/SQS",
                name="ApproximateNumberOfMessagesVisible",
                dimensions={"QueueName": queue.name},
                statistic="Maximum",
            ),
            self.site.environment.alarms.dead_letters_count,
        )

    def _watch_loss(self, name: str, metric: Metric) -> None:
        """Watch what should have become a dead letter; one is too many everywhere."""
        self._alarm(AlarmKind.DEAD_LETTERS, name, metric, 1)

    def _alarm(
        self,
        kind: AlarmKind,
        name: str,
        metric: Metric,
        threshold: float,
        *,
        scale: float = 1,
        comparison: str = "GreaterThanOrEqualToThreshold",
    ) -> None:
        """Create one alarm, unless the platform does not have its kind.

        *scale* is what a threshold in the unit of its setting is in the metric's unit.
        """
        if kind not in self.site.platform.alarms:
            return
        CloudwatchMetricAlarm(
            self.node,
            name.replace("-", "_"),
            count=self.count,
            alarm_name=self.site.name(name),
            alarm_description=f"{metric.name} of {name} in five minutes",
            namespace=metric.namespace,
            metric_name=metric.name,
            dimensions=metric.dimensions,
            statistic=metric.statistic,
            period=PERIOD_SECONDS,
            evaluation_periods=1,
            datapoints_to_alarm=1,
            comparison_operator=comparison,
            threshold=threshold if scale == 1 else _times(threshold, scale),
            treat_missing_data="notBreaching",
            actions_enabled=True,
            alarm_actions=self.actions,
            ok_actions=self.actions,
            tags=self.site.tags,
        )


def _times(value: float, factor: float) -> float:
    """Multiply in Terraform, for arithmetic on a token would be lost; literals alike."""
    return Token.as_number(Op.mul(value, factor))

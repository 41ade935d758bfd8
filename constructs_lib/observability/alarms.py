"""Alarms: what is watched in every environment, from a threshold of its own."""

from collections.abc import Iterable
from typing import Self

from attrs import frozen
from cdktf import Fn, Op, Token
from cdktf_cdktf_provider_aws.cloudwatch_metric_alarm import CloudwatchMetricAlarm
from constructs import Construct

from constructs_lib.compute.functions import Functions
from constructs_lib.compute.rest_api import STAGE, RestApi
from constructs_lib.data.database import Database
from constructs_lib.data.queue import DeadLetterQueue, PaymentQueue
from constructs_lib.data.table import Table
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.site import Site
from model.parts import AlarmKind

PERIOD_SECONDS = 300
_BYTES_PER_GIBIBYTE = 2**30


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

    def watch(
        self,
        *,
        functions: Functions,
        tables: Iterable[Table],
        queue: PaymentQueue | None,
        api: RestApi | None,
        database: Database | None,
    ) -> None:
        """Watch whatever the platform has."""
        self.watch_functions(functions)
        for table in tables:
            self.watch_table(table)
        if queue:
            self.watch_queue(queue)
        if api:
            self.watch_api(api)
        if database:
            self.watch_database(database)

    def watch_functions(self, functions: Functions) -> None:
        """Watch errors, throttles, duration and failed events of every function."""
        settings = self.site.environment.alarms
        for function in functions:
            dimensions = {"FunctionName": function.name}
            spec = function.spec
            self._alarm(
                AlarmKind.LAMBDA_ERRORS,
                f"{spec.name}-errors",
                "AWS/Lambda",
                "Errors",
                dimensions,
                settings.lambda_errors_count,
            )
            self._alarm(
                AlarmKind.LAMBDA_THROTTLES,
                f"{spec.name}-throttles",
                "AWS/Lambda",
                "Throttles",
                dimensions,
                settings.lambda_throttles_count,
            )
            self._alarm(
                AlarmKind.LAMBDA_DURATION,
                f"{spec.name}-duration",
                "AWS/Lambda",
                "Duration",
                dimensions,
                settings.lambda_duration_percent,
                scale=spec.timeout_seconds * 10,
                statistic="Maximum",
            )
            self._watch_dead_letters(f"{spec.name}-failures", function.dead_letters)

    def watch_table(self, table: Table) -> None:
        """Watch requests that a table refuses for want of capacity."""
        for metric in ("ReadThrottleEvents", "WriteThrottleEvents"):
            self._alarm(
                AlarmKind.TABLE_THROTTLES,
                f"{table.spec.name}-{metric[:-14].lower()}-throttles",
                "AWS/DynamoDB",
                metric,
                {"TableName": table.name},
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
                "AWS/ApiGateway",
                metric,
                {"ApiName": api.name, "Stage": STAGE},
                percent,
                scale=0.01,
                statistic="Average",
            )

    def watch_queue(self, queue: PaymentQueue) -> None:
        """Watch payments that could not be processed."""
        self._watch_dead_letters("dead-letters", queue.dead_letters)

    def watch_database(self, database: Database) -> None:
        """Watch how busy the database is, and how full."""
        settings = self.site.environment.alarms
        self._alarm(
            AlarmKind.DATABASE_CPU,
            "database-cpu",
            "AWS/RDS",
            "CPUUtilization",
            database.dimensions,
            settings.database_cpu_percent,
            statistic="Average",
        )
        self._alarm(
            AlarmKind.DATABASE_STORAGE,
            "database-storage",
            "AWS/RDS",
            database.storage_metric,
            database.dimensions,
            settings.database_free_gibibytes,
            scale=_BYTES_PER_GIBIBYTE,
            statistic="Minimum",
            comparison="LessThanThreshold",
        )

    def _watch_dead_letters(self, name: str, queue: DeadLetterQueue) -> None:
        self._alarm(
            AlarmKind.DEAD_LETTERS,
            name,
            "AWS/SQS",
            "ApproximateNumberOfMessagesVisible",
            {"QueueName": queue.name},
            self.site.environment.alarms.dead_letters_count,
            statistic="Maximum",
        )

    def _alarm(  # noqa: PLR0913, PLR0917 - the words of one alarm
        self,
        kind: AlarmKind,
        name: str,
        namespace: str,
        metric: str,
        dimensions: dict[str, str],
        threshold: float,
        *,
        scale: float = 1,
        statistic: str = "Sum",
        comparison: str = "GreaterThanOrEqualToThreshold",
    ) -> None:
        """Create one alarm, unless the platform does not have its kind."""
        if kind not in self.site.platform.alarms:
            return
        CloudwatchMetricAlarm(
            self.node,
            name.replace("-", "_"),
            count=self.count,
            alarm_name=self.site.name(name),
            alarm_description=f"{metric} of {name} in five minutes",
            namespace=namespace,
            metric_name=metric,
            dimensions=dimensions,
            statistic=statistic,
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

"""One page of metrics per environment, with the thresholds of its alarms drawn in [O3]."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen
from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from constructs import Construct

from constructs_lib.compute.functions import Functions
from constructs_lib.compute.resources import Resources
from constructs_lib.compute.rest_api import RestApi
from constructs_lib.compute.routes import STAGE
from constructs_lib.identity.policy import json_template
from constructs_lib.observability.metric import PERIOD_SECONDS
from constructs_lib.site import Site
from model.unset import UNSET
from model.variation import value_at

_COLUMNS, _WIDTH, _HEIGHT = 2, 12, 6
_API: Final = "AWS/ApiGateway"


@frozen(kw_only=True)
class Graph:
    """One metric of several resources.

    Attributes:
        dimension: What tells the resources apart, by their *names*.

        threshold: The setting of the alarm's threshold, drawn as a line; empty for none.

        scale: What the setting is multiplied with to get the metric's unit.
    """

    title: str
    namespace: str
    metric: str
    dimension: str
    names: Sequence[str]
    statistic: str = "Sum"
    threshold: str = ""
    scale: float = 1

    def widget(self, site: Site) -> dict[str, object]:
        """Return the graph as CloudWatch spells it."""
        stage = ["Stage", STAGE] if self.namespace == _API else []
        graph: dict[str, object] = {
            "title": self.title,
            "region": site.environment.identity.region,
            "period": PERIOD_SECONDS,
            "stat": self.statistic,
            "view": "timeSeries",
            "metrics": [
                [self.namespace, self.metric, self.dimension, name, *stage] for name in self.names
            ],
        }
        path = f"alarms.{self.threshold}"
        if self.threshold and value_at(site.environment, path) is not UNSET:
            line = {"label": "alarm", "value": site.raw(path, times=self.scale)}
            graph["annotations"] = {"horizontal": [line]}
        return graph


def dashboard(
    scope: Construct,
    id_: str,
    *,
    site: Site,
    functions: Functions,
    resources: Resources,
    api: RestApi | None,
) -> None:
    """Create the dashboard `payment-dashboard-<environment>`, where the platform has one."""
    if not site.platform.dashboard:
        return
    graphs = (
        *_of_functions(functions),
        *_of_tables(resources),
        *_of_api(api),
        *_of_queue(resources),
        *_of_database(resources),
    )
    CloudwatchDashboard(
        scope,
        id_,
        dashboard_name=site.name("dashboard"),
        dashboard_body=json_template({"widgets": _grid([one.widget(site) for one in graphs])}),
    )


def _of_functions(functions: Functions) -> Iterator[Graph]:
    names = [function.name for function in functions]
    longest = max((function.spec.timeout_seconds for function in functions), default=0)
    for title, metric, statistic, threshold, scale in (
        ("Function errors", "Errors", "Sum", "lambda_errors_count", 1),
        ("Function throttles", "Throttles", "Sum", "lambda_throttles_count", 1),
        ("Function duration (ms)", "Duration", "Maximum", "lambda_duration_percent", 10 * longest),
    ):
        yield Graph(
            title=title,
            namespace="AWS/Lambda",
            metric=metric,
            dimension="FunctionName",
            names=names,
            statistic=statistic,
            threshold=threshold,
            scale=scale,
        )


def _of_tables(resources: Resources) -> Iterator[Graph]:
    yield Graph(
        title="Table write throttles",
        namespace="AWS/DynamoDB",
        metric="WriteThrottleEvents",
        dimension="TableName",
        names=[table.name for table in resources.tables.values()],
        threshold="table_throttles_count",
    )


def _of_api(api: RestApi | None) -> Iterator[Graph]:
    if api is None:
        return
    yield Graph(
        title="API requests", namespace=_API, metric="Count", dimension="ApiName", names=[api.name]
    )
    for metric, threshold in (("4XXError", "api_4xx_percent"), ("5XXError", "api_5xx_percent")):
        yield Graph(
            title=f"API {metric} (share)",
            namespace=_API,
            metric=metric,
            dimension="ApiName",
            names=[api.name],
            statistic="Average",
            threshold=threshold,
            scale=0.01,
        )


def _of_queue(resources: Resources) -> Iterator[Graph]:
    if resources.queue:
        yield Graph(
            title="Dead letters",
            namespace="AWS/SQS",
            metric="ApproximateNumberOfMessagesVisible",
            dimension="QueueName",
            names=[resources.queue.dead_letters.name],
            statistic="Maximum",
            threshold="dead_letters_count",
        )


def _of_database(resources: Resources) -> Iterator[Graph]:
    if resources.database:
        ((dimension, identifier),) = resources.database.dimensions.items()
        yield Graph(
            title="Database CPU (%)",
            namespace="AWS/RDS",
            metric="CPUUtilization",
            dimension=dimension,
            names=[identifier],
            statistic="Average",
            threshold="database_cpu_percent",
        )


def _grid(graphs: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {
            "type": "metric",
            "x": index % _COLUMNS * _WIDTH,
            "y": index // _COLUMNS * _HEIGHT,
            "width": _WIDTH,
            "height": _HEIGHT,
            "properties": graph,
        }
        for index, graph in enumerate(graphs)
    ]

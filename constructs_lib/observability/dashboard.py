"""One page of metrics per environment, with the thresholds of its alarms drawn in [O3]."""

from collections.abc import Mapping

from cdktf_cdktf_provider_aws.cloudwatch_dashboard import CloudwatchDashboard
from constructs import Construct

from constructs_lib.compute.functions import Functions
from constructs_lib.compute.rest_api import STAGE, RestApi
from constructs_lib.data.database import Database
from constructs_lib.data.queue import PaymentQueue
from constructs_lib.data.table import Table
from constructs_lib.identity.policy import json_template
from constructs_lib.observability.alarms import PERIOD_SECONDS
from constructs_lib.site import Site
from model.variation import UNSET, value_at

_COLUMNS, _WIDTH, _HEIGHT = 2, 12, 6


def dashboard(  # noqa: PLR0913 - collaborators
    scope: Construct,
    id_: str,
    *,
    site: Site,
    functions: Functions,
    tables: Mapping[str, Table],
    api: RestApi | None,
    queue: PaymentQueue | None,
    database: Database | None,
) -> None:
    """Create the dashboard `payment-dashboard-<environment>`."""
    names = [function.name for function in functions]
    graphs = [
        _graph(site, "Function errors", "AWS/Lambda", "Errors", "FunctionName", names,
               threshold="lambda_errors_count"),
        _graph(site, "Function throttles", "AWS/Lambda", "Throttles", "FunctionName", names,
               threshold="lambda_throttles_count"),
        _graph(site, "Function duration (ms)", "AWS/Lambda", "Duration", "FunctionName", names,
               statistic="Maximum", threshold="lambda_duration_percent",
               scale=10 * max((f.spec.timeout_seconds for f in functions), default=0)),
        _graph(site, "Table write throttles", "AWS/DynamoDB", "WriteThrottleEvents", "TableName",
               [table.name for table in tables.values()], threshold="table_throttles_count"),
    ]  # fmt: skip
    if api:
        graphs.append(
            _graph(site, "API requests", "AWS/ApiGateway", "Count", "ApiName", [api.name])
        )
        graphs += [
            _graph(site, f"API {metric} (share)", "AWS/ApiGateway", metric, "ApiName",
                   [api.name], statistic="Average", threshold=threshold, scale=0.01)
            for metric, threshold in (
                ("4XXError", "api_4xx_percent"),
                ("5XXError", "api_5xx_percent"),
            )
        ]  # fmt: skip
    if queue:
        graphs.append(
            _graph(site, "Dead letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible",
                   "QueueName", [queue.dead_letters.name], statistic="Maximum",
                   threshold="dead_letters_count")
        )  # fmt: skip
    if database:
        ((dimension, identifier),) = database.dimensions.items()
        graphs.append(
            _graph(site, "Database CPU (%)", "AWS/RDS", "CPUUtilization", dimension, [identifier],
                   statistic="Average", threshold="database_cpu_percent")
        )  # fmt: skip
    CloudwatchDashboard(
        scope,
        id_,
        dashboard_name=site.name("dashboard"),
        dashboard_body=json_template({"widgets": _grid(graphs)}),
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


def _graph(  # noqa: PLR0913, PLR0917 - the words of one graph
    site: Site,
    title: str,
    namespace: str,
    metric: str,
    dimension: str,
    names: list[str],
    *,
    statistic: str = "Sum",
    threshold: str = "",
    scale: float = 1,
) -> dict[str, object]:
    stage = ["Stage", STAGE] if namespace == "AWS/ApiGateway" else []
    graph: dict[str, object] = {
        "title": title,
        "region": site.environment.identity.region,
        "period": PERIOD_SECONDS,
        "stat": statistic,
        "view": "timeSeries",
        "metrics": [[namespace, metric, dimension, name, *stage] for name in names],
    }
    path = f"alarms.{threshold}"
    if threshold and value_at(site.environment, path) is not UNSET:
        graph["annotations"] = {
            "horizontal": [{"label": "alarm", "value": site.raw(path, times=scale)}]
        }
    return graph

"""Every alarm watches something that exists: a metric, its dimensions, and what they name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.block import blocks
from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import Deployed, deployed
from audit.relation.metrics import METRICS, NAMED
from audit.synthesized import Resource, Stack

_INDEX: Final = "GlobalSecondaryIndexName"
_THROTTLES: Final = ("ReadThrottleEvents", "WriteThrottleEvents")


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for alarm in world.resources("aws_cloudwatch_metric_alarm"):
        for path, metric in _metrics(alarm):
            for message in _problems(world, metric):
                yield violation(alarm, path, message)
    yield from _indexes(world)


def _metrics(alarm: Resource) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each metric that an alarm looks at, with where it says so."""
    if alarm.config.get("metric_name"):
        yield "dimensions", alarm.config
    yield from (("metric_query", one) for one in blocks(alarm.config, "metric_query", "metric"))


def _problems(world: Deployed, metric: Mapping[str, Any]) -> Iterator[str]:
    namespace, name = str(metric.get("namespace")), str(metric.get("metric_name"))
    dimensions = metric.get("dimensions") or {}
    if namespace not in METRICS:
        if not _is_published_here(world, namespace, name):
            yield f"must be of a namespace that is known or filled here, got {namespace}"
        return
    known = METRICS[namespace].get(name)
    if known is None:
        yield f"{namespace} must publish the metric, {name} is not known: audit/relation/metrics.py"
    elif not isinstance(dimensions, dict) or frozenset(dimensions) not in known:
        sets = " or ".join("+".join(sorted(one)) for one in known)
        got = "+".join(sorted(dimensions)) or "none"
        yield f"{name} must be asked for by {sets}, which have data, is by {got}"
    else:
        yield from _unknown_names(world, dimensions)


def _is_published_here(world: Deployed, namespace: str, name: str) -> bool:
    """Tell whether a metric filter, or a function, puts values into a namespace of our own."""
    if namespace.startswith("AWS/"):
        return False
    filters = (
        (block.get("namespace"), block.get("name"))
        for one in world.resources("aws_cloudwatch_log_metric_filter")
        for block in blocks(one.config, "metric_transformation")
    )
    told = (
        block.get("variables", {}).get("POWERTOOLS_METRICS_NAMESPACE")
        for one in world.resources("aws_lambda_function")
        for block in blocks(one.config, "environment")
    )
    return (namespace, name) in filters or namespace in told


def _unknown_names(world: Deployed, dimensions: Mapping[str, str]) -> Iterator[str]:
    """Yield dimensions whose value is the name of nothing in the stack."""
    for dimension, value in dimensions.items():
        if dimension not in NAMED:
            continue
        type_, attribute = NAMED[dimension]
        names = {
            name
            for one in world.resources(type_)
            for name in (one.config.get(attribute), f"${{{one.address}.{attribute}}}")
        }
        if value not in names:
            yield f"{dimension} must be the {attribute} of an {type_} here, got {value}"
    index = dimensions.get(_INDEX)
    if index is not None and index not in _indexes_of(world, dimensions.get("TableName")):
        yield f"{_INDEX} must be an index of the table, got {index}"


def _indexes(world: Deployed) -> Iterator[Violation]:
    """Yield indexes whose throttles no alarm sees, though it sees those of their table.

    DynamoDB counts them apart, and refuses a write to the table when an index has no capacity.
    """
    watched = [
        (metric.get("metric_name"), metric.get("dimensions") or {})
        for alarm in world.resources("aws_cloudwatch_metric_alarm")
        for _, metric in _metrics(alarm)
    ]
    for table in world.resources("aws_dynamodb_table"):
        name = table.config.get("name")
        for metric in _THROTTLES:
            if (metric, {"TableName": name}) not in watched:
                continue
            for index in _indexes_of(world, name):
                if (metric, {"TableName": name, _INDEX: index}) not in watched:
                    message = f"{metric} of the index {index} must have an alarm as its table has"
                    yield violation(table, "global_secondary_index", message)


def _indexes_of(world: Deployed, table: object) -> list[str]:
    found = world.at(table, "aws_dynamodb_table")
    config = found.config if found else {}
    return [str(index.get("name")) for index in blocks(config, "global_secondary_index")]


RULE: Final = Rule(
    id="alarm-metrics",
    title="Every alarm watches a metric that exists",
    why="CloudWatch accepts an alarm on anything; one on nothing has no data and never rings.",
    source_url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "metrics-dimensions.html",
    suppressible=False,
    check=_check,
)

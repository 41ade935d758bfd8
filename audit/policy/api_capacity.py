"""What stands behind an API has the capacity for what the API lets through.

The least is compared: a request that writes costs one unit at the table, were its item the
smallest. A warning, for a burst may be shorter than what DynamoDB keeps in reserve.
"""

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from audit.block import first
from audit.finding import Severity
from audit.policy.rule import Rule, Violation, violation
from audit.relation.access import Access, access
from audit.relation.delivery import deliveries
from audit.synthesized import Resource, Stack

_WRITES: Final = ("dynamodb:PutItem", "dynamodb:UpdateItem")
_WRITING_METHODS: Final = frozenset({"ANY", "DELETE", "PATCH", "POST", "PUT"})
_SCALED: Final = "dynamodb:table:WriteCapacityUnits"


def _check(stack: Stack) -> Iterator[Violation]:
    permissions = access(stack)
    rate = _rate(permissions)
    if rate is None:
        return
    tables = {
        table.address: table
        for role in _roles(permissions)
        for table in permissions.world.resources("aws_dynamodb_table")
        if any(permissions.granted_on(role, a, permissions.world.arn(table)) for a in _WRITES)
    }
    for table in tables.values():
        units = _units(permissions, table)
        if units is not None and units < rate:
            message = (
                f"must bear what the API lets through: {rate:,g} requests per second × 1 unit at "
                f"least = {rate:,g} units, has {units:,g}"
            )
            warning = violation(table, "write_capacity", message)
            yield evolve(warning, severity=Severity.WARNING)


def _rate(permissions: Access) -> float | None:
    """Return how many requests per second one method lets through; None without a limit."""
    rates = [
        rate
        for one in permissions.world.resources("aws_api_gateway_method_settings")
        if isinstance(rate := first(one.config, "settings", "throttling_rate_limit"), int | float)
    ]
    return max(rates, default=None)


def _roles(permissions: Access) -> Iterator[Resource]:
    """Yield the roles of functions that requests start which may write."""
    world = permissions.world
    methods = {
        (one.config.get("rest_api_id"), one.config.get("resource_id")): one
        for one in world.resources("aws_api_gateway_method")
        if one.config.get("http_method") in _WRITING_METHODS
    }
    for delivery in deliveries(world):
        config = delivery.said_at.config
        if (config.get("rest_api_id"), config.get("resource_id")) not in methods:
            continue
        function = world.at(delivery.receiver, "aws_lambda_function")
        role = world.at(function.config.get("role"), "aws_iam_role") if function else None
        if role is not None:
            yield role


def _units(permissions: Access, table: Resource) -> float | None:
    """Return the write units that a table has or may grow to; None where it pays by request."""
    if table.config.get("billing_mode") == "PAY_PER_REQUEST":
        return None
    world = permissions.world
    given = [table.config.get("write_capacity")]
    for target in world.resources("aws_appautoscaling_target"):
        name = str(target.config.get("resource_id")).removeprefix("table/")
        if target.config.get("scalable_dimension") == _SCALED and world.at(name) is table:
            given.append(target.config.get("max_capacity"))
    units = [one for one in given if isinstance(one, int | float)]
    return max(units, default=None)


RULE: Final = Rule(
    id="api-capacity",
    title="Tables bear what their API lets through",
    why="The limit of the API promises what DynamoDB then throttles.",
    source_url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
    "provisioned-capacity-mode.html",
    check=_check,
)

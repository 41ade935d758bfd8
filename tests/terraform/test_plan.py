"""Real Terraform accepts what is synthesized, and plans the same for every environment [V4]."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from audit.planned import compare_plans
from audit.synthesized import Stack
from devcloud.override import override
from tests.conftest import Synthesis
from tests.terraform.workspace import Workspace

ENVIRONMENTS = ("dev", "staging", "prod")


def planned(plan: Mapping[str, Any], type_: str) -> list[dict[str, Any]]:
    """Return the planned values of every resource of a type."""
    return [
        resource["values"]
        for resource in plan["planned_values"]["root_module"]["resources"]
        if resource["type"] == type_
    ]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_terraform_finds_the_configuration_valid(
    environment: str, workspaces: Mapping[str, Workspace]
) -> None:
    """`terraform validate` has no errors and no warnings."""
    out = workspaces[environment].must("validate")
    assert "The configuration is valid." in out
    assert "Warning" not in out


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_plan_creates_the_platform(environment: str, plans: Mapping[str, Any]) -> None:
    """More than a hundred resources are created, and nothing else happens."""
    managed = [
        change["change"]["actions"]
        for change in plans[environment]["resource_changes"]
        if change["mode"] == "managed"
    ]
    assert [actions for actions in managed if actions != ["create"]] == []
    assert len(managed) > 100


def test_planned_values_differ_only_through_locals(
    plans: Mapping[str, Any], payments: Synthesis
) -> None:
    """Nothing that AWS, a region or a default decides differs between environments."""
    stacks = {name: on_the_emulator(payments.stack(name)) for name in ENVIRONMENTS}
    assert compare_plans(plans, stacks) == ()


NUMBERS: dict[str, tuple[str, str, tuple[object, object, object]]] = {
    "function memory": ("aws_lambda_function", "memory_size", (512, 1024, 2048)),
    "log retention": ("aws_cloudwatch_log_group", "retention_in_days", (30, 90, 365)),
    "read capacity": ("aws_dynamodb_table", "read_capacity", (5, 25, 100)),
    "write capacity": ("aws_dynamodb_table", "write_capacity", (5, 25, 100)),
    "billing": ("aws_dynamodb_table", "billing_mode", ("PROVISIONED",) * 3),
    "runtime": ("aws_lambda_function", "runtime", ("python3.13",) * 3),
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_numbers_of_the_requirements_are_planned(number: str, plans: Mapping[str, Any]) -> None:
    """Each row of the requirements' table, as Terraform understood it."""
    type_, attribute, expected = NUMBERS[number]
    found = [{values[attribute] for values in planned(plans[name], type_)} for name in ENVIRONMENTS]
    assert found == [{value} for value in expected]


def test_timeouts_are_the_same_everywhere(plans: Mapping[str, Any]) -> None:
    """What answers or works off payments has 30 s, the migration of the ledger 300 s [F2]."""
    for name in ENVIRONMENTS:
        timeouts = {
            function["function_name"]: function["timeout"]
            for function in planned(plans[name], "aws_lambda_function")
        }
        assert timeouts.pop(f"payment-migration-{name}") == 300
        assert set(timeouts.values()) == {30}


def on_the_emulator(stack: Stack) -> Stack:
    """Return *stack* with the locals that the override of the plans puts in place of its own."""
    return evolve(stack, locals={**stack.locals, **override(stack, migrates=False)["locals"]})


def test_structure_follows_the_settings(plans: Mapping[str, Any], payments: Synthesis) -> None:
    """Gateways, zones, recovery, throttling, expiry and dead letters are the flagship's."""
    gateways = [len(planned(plans[name], "aws_nat_gateway")) for name in ENVIRONMENTS]
    assert gateways == [1, 1, 3]
    assert [len(planned(plans[name], "aws_subnet")) for name in ENVIRONMENTS] == [6, 6, 6]
    recovery = [
        {
            table["point_in_time_recovery"][0]["enabled"]
            for table in planned(plans[name], "aws_dynamodb_table")
        }
        for name in ENVIRONMENTS
    ]
    assert recovery == [{False}, {True}, {True}]
    rates = [
        planned(plans[name], "aws_api_gateway_method_settings")[0]["settings"][0][
            "throttling_rate_limit"
        ]
        for name in ENVIRONMENTS
    ]
    assert rates == [100, 500, 2000]
    expiry = [
        {
            rule["rule"][0]["expiration"][0]["days"]
            for rule in planned(plans[name], "aws_s3_bucket_lifecycle_configuration")
        }
        for name in ENVIRONMENTS
    ]
    assert expiry == [
        {environment.buckets.expiry_days, environment.logs.retention_days}
        for environment in payments.blueprint.environments
    ]
    retention = [
        {
            queue["message_retention_seconds"] // 86_400
            for queue in planned(plans[name], "aws_sqs_queue")
            if queue["name"] != f"payment-queue-{name}"
        }
        for name in ENVIRONMENTS
    ]
    assert retention == [{3}, {7}, {14}]

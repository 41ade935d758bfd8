"""What Terraform plans differs between environments only where a local that differs reaches."""

import json
from typing import Any

import pytest

from audit.errors import CouldNotCheckError, UnknownFormatError
from audit.planned import compare_plans
from audit.substitution import differing_pairs, substitutes
from audit.synthesized import Stack
from tests.audit.sample import ACCOUNTS, Platform
from tests.audit.sample_policies import Document
from tests.audit.sample_resources import TAGS

Plans = dict[str, Document]


def plan_of(stack: Stack) -> Document:
    """Return what Terraform would plan for *stack*: resolved values, defaults, unknown ids."""
    resources, changes = [], []
    account, region = stack.locals["identity_account_id"], stack.locals["identity_region"]
    for resource in stack.resolved.resources():
        config = {k: v for k, v in resource.config.items() if k not in ("count", "depends_on")}
        unknown = {k: True for k, v in config.items() if isinstance(v, str) and "${" in v}
        values: dict[str, Any] = {k: v for k, v in config.items() if k not in unknown}
        values["default_of_the_provider"] = 1
        values["tags_all"] = config.get("tags")
        values["computed"] = f"arn:aws:x:{region}:{account}:{stack.locals['deployment_name']}"
        count = resource.config.get("count", 1)
        for index in range(count):
            address = f"{resource.address}[{index}]" if "count" in resource.config else ""
            row: dict[str, Any] = {
                "address": address or resource.address,
                "mode": "managed",
                "type": resource.type,
                "name": resource.name,
                "values": values,
            }
            if address:
                row["index"] = index
            resources.append(row)
            change = {"actions": ["create"], "after_unknown": {**unknown, "id": True}}
            changes.append({"address": row["address"], "change": change})
    plan: Document = json.loads(
        json.dumps(
            {
                "format_version": "1.2",
                "planned_values": {
                    "root_module": {"resources": resources},
                    "outputs": {
                        "queue_url": {},
                        "peers": {"value": ",".join(stack.locals["deployment_peer_names"])},
                    },
                },
                "resource_changes": changes,
            }
        )
    )
    return plan


@pytest.fixture
def plans(platform: Platform) -> Plans:
    """Return a plan for each environment of the sample."""
    return {name: plan_of(stack) for name, stack in platform.stacks.items()}


def values_of(plan: Document, address: str) -> Document:
    """Return the planned values at an address."""
    resources = plan["planned_values"]["root_module"]["resources"]
    values: Document = next(r["values"] for r in resources if r["address"] == address)
    return values


def test_equal_plans(plans: Plans, platform: Platform) -> None:
    """Names, counts, tags and ARNs that follow from locals are no finding."""
    assert compare_plans(plans, platform.stacks) == ()
    addresses = [r["address"] for r in plans["dev"]["planned_values"]["root_module"]["resources"]]
    assert "aws_cloudwatch_metric_alarm.alarms_errors[0]" not in addresses


@pytest.mark.parametrize(
    ("address", "attribute", "value"),
    [
        ("aws_lambda_function.process_function", "timeout", 31),
        ("aws_lambda_function.process_function", "default_of_the_provider", 2),
        ("aws_lambda_function.process_function", "only_in_prod", True),
        ("aws_sqs_queue.payments_queue", "computed", "arn:aws:x:us-east-1:999999999999:prod"),
        ("aws_sqs_queue.payments_queue", "tags_all", {**TAGS, "Environment": "production"}),
        ("aws_vpc.network_vpc", "default_of_the_provider", "1"),
        ("aws_vpc.network_vpc", "cidr_block", "10.9.0.0/16"),
        ("aws_lambda_function.process_function", "memory_size", 2047),
    ],
)
def test_unexplained_value(
    plans: Plans, platform: Platform, address: str, attribute: str, value: object
) -> None:
    """A planned value that no local explains is named with everyone's value."""
    values_of(plans["prod"], address)[attribute] = value
    [finding] = compare_plans(plans, platform.stacks)
    assert finding.where == address
    assert finding.path.startswith(attribute)
    assert set(finding.values) == set(ACCOUNTS)


def test_unknown_in_one_environment(plans: Plans, platform: Platform) -> None:
    """A value that is known only after apply in one environment differs."""
    [change] = [
        c for c in plans["prod"]["resource_changes"] if c["address"] == "aws_vpc.network_vpc"
    ]
    change["change"]["after_unknown"]["default_of_the_provider"] = True
    [finding] = compare_plans(plans, platform.stacks)
    assert finding.values["prod"] == "(known after apply)"


def test_count(plans: Plans, platform: Platform) -> None:
    """A number of instances may follow from a local, and from nothing else."""
    resources = plans["prod"]["planned_values"]["root_module"]["resources"]
    resources[:] = [r for r in resources if r["address"] != "aws_vpc.network_vpc"]
    [finding] = compare_plans(plans, platform.stacks)
    assert (finding.where, finding.path) == ("aws_vpc.network_vpc", "count")
    assert finding.values == {"dev": 1, "staging": 1, "prod": 0}


def test_instances_of_one_environment(platform: Platform) -> None:
    """An instance that only one environment has is compared with the first one there."""
    for document in platform.documents.values():
        vpc = document["resource"]["aws_vpc"]["network_vpc"]
        vpc["count"] = "${length(local.network_availability_zone_ids)}"
        vpc["note"] = "number ${count.index}"
    zones = platform.documents["prod"]["locals"]["network_availability_zone_ids"]
    platform.documents["dev"]["locals"]["network_availability_zone_ids"] = zones[:1]
    plans = {name: plan_of(stack) for name, stack in platform.stacks.items()}
    assert [f.where for f in compare_plans(plans, platform.stacks)] == []
    values_of(plans["prod"], "aws_vpc.network_vpc[2]")["default_of_the_provider"] = 3
    [finding] = compare_plans(plans, platform.stacks)
    assert finding.where == "aws_vpc.network_vpc[2]"


def test_output(plans: Plans, platform: Platform) -> None:
    """Outputs are compared like attributes."""
    plans["prod"]["planned_values"]["outputs"]["queue_url"]["value"] = 1
    plans["prod"]["planned_values"]["outputs"]["other"] = {"value": 1}
    assert [f.where for f in compare_plans(plans, platform.stacks)] == ["output.other"]
    # The url of a queue depends on its name, which is a local's.


def test_reach_through_resources(plans: Plans, platform: Platform) -> None:
    """An attribute that refers to another resource's attribute depends on what that does."""
    for name, plan in plans.items():
        values_of(plan, "aws_lambda_function.process_function")["environment"] = {
            "variables": {"TABLE": f"payment-transactions-{name}"}
        }
    assert compare_plans(plans, platform.stacks) == ()
    values_of(plans["prod"], "aws_lambda_function.process_function")["environment"] = {
        "variables": {"TABLE": "payment-other-prod"}
    }
    [finding] = compare_plans(plans, platform.stacks)
    assert finding.path == "environment.variables.TABLE"


def test_format(plans: Plans, platform: Platform) -> None:
    """A plan in an unknown format, or a missing one, is an error and no proof."""
    plans["prod"]["format_version"] = "2.0"
    with pytest.raises(UnknownFormatError):
        compare_plans(plans, platform.stacks)
    del plans["prod"]
    with pytest.raises(CouldNotCheckError):
        compare_plans(plans, platform.stacks)


def test_order_of_a_set(platform: Platform) -> None:
    """Blocks of a set, which a plan lists by their hashes, are compared as a set."""
    days = {"glacier": "${local.logs_retention_days}", "tiering": 7}
    for document in platform.documents.values():
        document["resource"]["aws_sqs_queue"]["payments_queue"]["move"] = [
            {"class": name, "days": value} for name, value in days.items()
        ]
    plans = {name: plan_of(stack) for name, stack in platform.stacks.items()}
    values_of(plans["prod"], "aws_sqs_queue.payments_queue")["move"].reverse()
    assert compare_plans(plans, platform.stacks) == ()
    values_of(plans["prod"], "aws_sqs_queue.payments_queue")["move"][0]["class"] = "deep"
    assert {f.path for f in compare_plans(plans, platform.stacks)} == {
        "move[0].class",
        "move[1].class",
    }


class TestSubstitution:
    """Values exchanged by the values of locals."""

    PAIRS = differing_pairs(
        {"a": "eu-west-1", "b": "eu-west-1", "n": 5, "z": ["z1", "z2"], "e": "", "s": False},
        {"a": "us-east-1", "b": "us-west-2", "n": 9, "z": ["y1", "y2"], "e": "-x", "s": True},
    )

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("arn:eu-west-1:x", "arn:us-east-1:x"),
            ("eu-west-1/eu-west-1", "us-west-2/us-east-1"),
            (5, 9),
            (["z2", "z1"], ["y2", "y1"]),
            ({"k": "name"}, {"k": "name-x"}),
            ("same", "same"),
        ],
    )
    def test_explained(self, one: object, other: object) -> None:
        """Whichever local a piece of text came from, one that fits explains it."""
        assert substitutes(one, other, self.PAIRS)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("arn:eu-west-1:x", "arn:us-east-2:x"),
            (5, 8),
            (5, "9"),
            (True, 1),
            (False, True),
            (["z1"], ["y1", "y2"]),
            ({"k": 1}, {"l": 1}),
            ("us-east-1", "eu-west-1"),
        ],
    )
    def test_not_explained(self, one: object, other: object) -> None:
        """Anything else is not."""
        assert not substitutes(one, other, self.PAIRS)

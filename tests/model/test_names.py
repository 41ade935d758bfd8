"""Names have one owner, and say of which environment they are."""

import pytest

from model.blueprint import Blueprint
from model.names import ANY, LENGTHS, Names, StackKind, form, state_key
from tests.conftest import PLATFORMS, ROOT

DEV = Names(platform="payments", ending="dev")


def test_names_of_resources() -> None:
    """A name is `payment-<kind>-<environment>`; a bucket's ends in its account."""
    assert DEV.resource("queue") == "payment-queue-dev"
    assert DEV.resource(ANY) == "payment-*-dev"
    assert DEV.bucket("audit", "123456789012") == "payment-audit-dev-123456789012"
    assert DEV.parameter("database/password") == "/payments/dev/database/password"


@pytest.mark.parametrize(
    ("kind", "stack", "key"),
    [
        (StackKind.APPLICATION, "payments-dev", "payment-key-dev"),
        (StackKind.STATE, "payments-state-dev", "payment-state-key-dev"),
        (StackKind.NETWORK, "payments-network-dev", "payment-network-key-dev"),
        (StackKind.GOVERNANCE, "payments-governance-dev", "payment-governance-key-dev"),
        (StackKind.PIPELINE, "payments-pipeline", "payment-key-dev"),
    ],
)
def test_names_of_stacks(kind: StackKind, stack: str, key: str) -> None:
    """Each kind of stack has a name, and a key of its own."""
    assert DEV.stack(kind) == stack
    assert DEV.of_stack(kind, "key") == key


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_two_stacks_have_one_name(platform: str) -> None:
    """Whatever the kind, the environment and the copy, names of stacks and states differ."""
    names = [
        environment.names(blueprint.platform).stack(kind)
        for suffix in ("", "pr42")
        for blueprint in [Blueprint.load(ROOT / "envs" / platform, suffix=suffix)]
        for environment in blueprint.environments
        for kind in StackKind
        if kind is not StackKind.PIPELINE
    ]
    assert len(set(names)) == len(names) == 2 * 3 * 4


def test_a_copy_keeps_its_state_in_a_folder() -> None:
    """Copies and the real thing have the bucket in common, and no key."""
    assert state_key("payments", StackKind.NETWORK) == "payments-network.tfstate"
    assert state_key("payments", StackKind.NETWORK, suffix="pr42") == (
        "pr42/payments-network.tfstate"
    )


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("payment-queue-dev", True),
        ("payment-audit-dev-123456789012", True),
        ("payment-audit-dev-999999999999", False),
        ("payment-queue-prod", False),
        ("payment-queue-dev-pr42", False),
        ("queue-dev", False),
    ],
)
def test_what_is_ours(name: str, is_ours: bool) -> None:
    """Names of peers and of copies are not those of the environment."""
    assert DEV.is_resource(name, account_id="123456789012") is is_ours


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("payment-queue-dev", True),
        ("alias/payment-key-dev", True),
        ("payment-database-dev-01", True),
        ("payment-queue-dev.fifo", True),
        ("payment-queue-prod", False),
        ("payments-queue-dev", False),
        ("payment-Queue-dev", False),
    ],
)
def test_the_form_of_names(name: str, fits: bool) -> None:
    """The form is that of every name, numbered instances and FIFO queues included."""
    assert bool(form("dev").fullmatch(name)) is fits


def test_every_length_is_of_an_attribute() -> None:
    """A length without the attribute that holds the name would check nothing."""
    assert all(attribute and longest > 0 for attribute, longest in LENGTHS.values())

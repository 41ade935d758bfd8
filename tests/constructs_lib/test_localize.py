"""A stack has the locals that it reads, and no others."""

import json

import pytest
from cdktf import App, TerraformStack

from constructs_lib.context import Context
from constructs_lib.identity.policy import Raw
from constructs_lib.localize import localize
from model.blueprint import Blueprint
from model.names import StackKind
from tests.conftest import PLATFORMS, ROOT, Synthesize

PAYMENTS = Blueprint.load(ROOT / "envs" / "payments")
DEV = PAYMENTS.environments[0]

LEFT_IN_PYTHON = {
    "identity.confirmation_required",  # It becomes `deployment.confirmation`.
    "identity.deploy_role_arn",  # A literal of the one pipeline.
    "state.key",  # In the backend, which cannot refer to locals.
    "state.kms_key_arn",  # As above.
}

OF_THE_NETWORK = {"state.region"}
"""Read only where the network is a stack of its own."""


def locals_of(stack: TerraformStack) -> dict[str, object]:
    """Return the locals of *stack*."""
    found = json.loads(json.dumps(stack.to_terraform())).get("locals", {})
    assert isinstance(found, dict)
    return found


@pytest.fixture
def stack() -> TerraformStack:
    """Return an empty stack."""
    return TerraformStack(App(), "stack")


def test_a_local_comes_into_being_when_it_is_read(stack: TerraformStack) -> None:
    """Nothing is there before; a setting read twice is one local."""
    localized = localize(stack, DEV, PAYMENTS.varying_paths)
    assert locals_of(stack) == {}
    assert localized.functions.memory_mebibytes == localized.functions.memory_mebibytes
    assert localized.network.availability_zone_ids != DEV.network.availability_zone_ids
    assert locals_of(stack) == {
        "functions_memory_mebibytes": 512,
        "network_availability_zone_ids": list(DEV.network.availability_zone_ids),
    }


def test_what_does_not_vary_stays_a_literal(stack: TerraformStack) -> None:
    """A fixed value is no local, and an enum is what AWS calls it."""
    localized = localize(stack, DEV, ())
    assert localized.functions.memory_mebibytes == 512
    assert localized.tables.billing_mode == "PROVISIONED"  # type: ignore[comparison-overlap]
    assert locals_of(stack) == {}


def test_an_expression_brings_its_local_along(stack: TerraformStack) -> None:
    """No expression can refer to a local that is not declared."""
    context = Context.of(
        stack, kind=StackKind.APPLICATION, platform=PAYMENTS.platform, environment=DEV
    )
    assert context.local("deployment.peer_names") == "local.deployment_peer_names"
    assert context.raw("network.cidr") == Raw("local.network_cidr")
    assert locals_of(stack).keys() >= {"deployment_peer_names", "network_cidr"}


def test_an_expression_of_what_does_not_vary_is_refused(stack: TerraformStack) -> None:
    """There is no local to refer to, so nothing is synthesized that refers to one."""
    context = Context.of(
        stack, kind=StackKind.PIPELINE, platform=PAYMENTS.platform, environment=DEV
    )
    with pytest.raises(LookupError, match=r"network\.cidr must vary"):
        context.local("network.cidr")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_setting_is_read_by_a_stack(platform: str, synthesize: Synthesize) -> None:
    """A setting that an environment must state, and that nothing reads, is a defect."""
    synthesis = synthesize(platform)
    present = {name for stack in synthesis.stacks.values() for name in stack.locals}
    unread = {
        path for path in synthesis.blueprint.varying_paths if path.replace(".", "_") not in present
    }
    own_stack = synthesis.blueprint.platform.network.own_stack
    assert unread - LEFT_IN_PYTHON == (set() if own_stack else OF_THE_NETWORK)

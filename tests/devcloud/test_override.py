"""What an emulator needs is written beside a stack in a working copy, and nowhere else."""

import json
from pathlib import Path

import pytest

from audit.errors import SynthesisReadError
from audit.synthesized import read_stack
from devcloud.endpoint import endpoint
from devcloud.override import FILE, override, place
from payctl.endpoint import endpoint_at
from tests.conftest import Synthesis


def test_the_synthesized_stack_has_no_switch_for_emulators(payments: Synthesis) -> None:
    """No variable but the confirmation decides what a deploy does."""
    for stack in payments.stacks.values():
        assert set(stack.body.get("variable", {})) <= {"confirmation"}


def test_functions_that_need_a_database_are_left_out_by_count(payments: Synthesis) -> None:
    """The override says so; the stack itself calls them always."""
    stack = payments.stack("prod")
    calls = stack.body["resource"]["aws_lambda_invocation"]
    assert all("count" not in config for config in calls.values())
    left_out = override(stack, migrates=False)["resource"]["aws_lambda_invocation"]
    assert left_out == {id_: {"count": 0} for id_ in calls}
    assert "resource" not in override(stack, migrates=True)


def test_the_backend_is_the_stacks_own(payments: Synthesis) -> None:
    """An override replaces the block, so every attribute is repeated."""
    stack = payments.stack("prod")
    block = override(stack, migrates=True)["terraform"]["backend"]["s3"]
    kept = {key: value for key, value in stack.backend["s3"].items() if key != "kms_key_id"}
    assert block.items() >= kept.items()


def test_nobody_takes_an_overridden_stack_for_a_synthesized_one(
    payments: Synthesis, tmp_path: Path
) -> None:
    """What was synthesized is judged alone: a file that Terraform would merge is refused."""
    stack = payments.stack("dev")
    folder = tmp_path / stack.name
    folder.mkdir()
    source = payments.output / "stacks" / stack.name / "cdk.tf.json"
    (folder / "cdk.tf.json").write_bytes(source.read_bytes())
    place(folder, stack, migrates=False)
    assert json.loads((folder / FILE).read_text())["terraform"] == {"backend": {"local": {}}}
    with pytest.raises(SynthesisReadError, match="Terraform would read it"):
        read_stack(folder)


@pytest.mark.parametrize("url", ["http://127.0.0.1:4566", "http://localhost:1", "https://[::1]:2"])
def test_an_address_of_this_machine_is_an_emulator(url: str) -> None:
    """Payctl finds it by the registered entry point."""
    assert endpoint_at(url).unsettled
    assert not endpoint_at(url).is_aws


@pytest.mark.parametrize(
    "url", ["https://sts.amazonaws.com", "http://127.0.0.1.example.com", "http://10.0.0.1"]
)
def test_any_other_address_is_none(url: str) -> None:
    """Nothing is accepted there for an emulator's sake."""
    assert endpoint(url) is None
    assert not endpoint_at(url).unsettled


def test_what_only_aws_can_answer_is_not_asked(payments: Synthesis) -> None:
    """An emulator grants no quotas and retires no version; networks it knows."""
    stack = payments.stack("dev")
    data = override(stack, migrates=True)["data"]
    assert data == {
        "aws_rds_engine_version": {"database": {"count": 0}},
        "aws_servicequotas_service_quota": {
            "concurrent_executions": {"count": 0},
            "elastic_ips": {"count": 0},
        },
    }
    assert "aws_vpcs" in stack.body["data"]


def test_the_key_of_the_state_is_not_the_emulators(payments: Synthesis) -> None:
    """A local state store has no key of that id."""
    stack = payments.stack("dev")
    assert "kms_key_id" in stack.backend["s3"]
    block = override(stack, migrates=True)["terraform"]["backend"]["s3"]
    assert block["bucket"] == stack.backend["s3"]["bucket"]
    assert "kms_key_id" not in block


def test_zones_are_those_that_the_emulator_has(payments: Synthesis) -> None:
    """As many as before, each another one; the synthesized local stays what the settings say."""
    for stack in (payments.stack("dev"), payments.stack("prod")):
        wanted = stack.locals["network_availability_zone_ids"]
        zones = override(stack, migrates=True)["locals"]["network_availability_zone_ids"]
        assert len(set(zones)) == len(wanted)
        assert {zone[-3:] for zone in zones} == {"az1", "az2", "az3"}
    state = payments.stacks["payments-state-dev"]
    assert "locals" not in override(state, migrates=True)

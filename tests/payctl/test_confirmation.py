"""Production is confirmed by name, and by nothing else."""

import json
from pathlib import Path

import pytest

from model.blueprint import Blueprint
from payctl.access import Access
from payctl.confirmation import confirmed
from payctl.endpoint import endpoint_at
from payctl.errors import CannotError
from payctl.project import ROOT, Project
from payctl.terraform.session import Session
from payctl.terraform.terraform import Terraform
from payctl.terraform.workspace import OVERRIDE, Workspace
from tests.conftest import Synthesis


def session(payments: Synthesis, name: str, folder: Path, *, endpoint: str = "") -> Session:
    """Return a session of the flagship that nobody runs Terraform in."""
    project = Project(
        blueprint=Blueprint.load(ROOT / "envs" / "payments"),
        folder=ROOT / "envs" / "payments",
        output=payments.output,
        stacks=payments.stacks,
    )
    environment = project.environment(name)
    access = Access(region="us-east-1", account_id="1" * 12, endpoint=endpoint_at(endpoint))
    workspace = Workspace.prepare(
        payments.output, project.stacks[f"payments-{name}"], access=access, cache=folder
    )
    return Session(
        project=project, environment=environment, terraform=Terraform(workspace=workspace)
    )


def test_production_takes_its_name(payments: Synthesis, tmp_path: Path) -> None:
    """The word is the stack's name."""
    prod = session(payments, "prod", tmp_path)
    assert confirmed(prod, "payments-prod").terraform.confirmation == "payments-prod"


@pytest.mark.parametrize("said", ["", "prod", "payments-staging", "PAYMENTS-PROD", "yes"])
def test_production_takes_nothing_else(said: str, payments: Synthesis, tmp_path: Path) -> None:
    """Near is not enough, and the next step is in the message."""
    with pytest.raises(CannotError, match="nothing changed") as caught:
        confirmed(session(payments, "prod", tmp_path), said)
    assert caught.value.next_step == "repeat with --confirm payments-prod"


def test_dev_needs_no_word(payments: Synthesis, tmp_path: Path) -> None:
    """Nobody asks where nothing is at stake."""
    assert confirmed(session(payments, "dev", tmp_path), "").terraform.confirmation == ""


def test_the_working_copy_is_what_was_synthesized(payments: Synthesis, tmp_path: Path) -> None:
    """Terraform reads the very bytes whose digest was proven, and nothing beside them."""
    workspace = session(payments, "dev", tmp_path).workspace
    synthesized = payments.output / "stacks" / "payments-dev" / "cdk.tf.json"
    assert (workspace.folder / "cdk.tf.json").read_bytes() == synthesized.read_bytes()
    assert not (workspace.folder / OVERRIDE).exists()
    assert (workspace.folder / ".." / ".." / "archives" / "functions.zip").exists()


def test_an_emulator_never_weakens_the_account(payments: Synthesis, tmp_path: Path) -> None:
    """The override speaks of reaching an emulator; the pinned account stays pinned."""
    emulated = session(payments, "dev", tmp_path, endpoint="http://127.0.0.1:1")
    override = json.loads((emulated.workspace.folder / OVERRIDE).read_text())
    provider = override["provider"]["aws"]
    assert set(provider) == {"skip_metadata_api_check", "s3_use_path_style", "max_retries"}
    backend, synthesized = override["terraform"]["backend"]["s3"], emulated.workspace.stack.backend
    # The key of the state is in no emulator.
    kept = {key: value for key, value in synthesized["s3"].items() if key != "kms_key_id"}
    assert backend.items() >= kept.items()
    assert "kms_key_id" not in backend


def test_two_at_once_are_one_too_many(payments: Synthesis, tmp_path: Path) -> None:
    """The second is told to wait."""
    workspace = session(payments, "dev", tmp_path).workspace
    with workspace.alone(), pytest.raises(CannotError, match="another payctl"), workspace.alone():
        pass

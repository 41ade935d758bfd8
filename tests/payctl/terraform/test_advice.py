"""A lock says who holds it and since when, and how it is removed."""

from pathlib import Path

import pytest

from audit.synthesized import Stack
from payctl.access import Access
from payctl.terraform.advice import advice_for
from payctl.terraform.workspace import Workspace

LOCKED = (
    "Error acquiring the state lock: operation error DynamoDB: PutItem, ConditionalCheckFailed "
    "Lock Info: ID: 6d0c43ca-5f1c Path: payment-state-dev/x.tfstate Operation: OperationTypeApply "
    "Who: jane@runner-7 Version: 1.11.4 Created: 2026-11-25 18:00:01.23 +0000 UTC Info: Terraform"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a working copy of nothing."""
    access = Access(region="us-east-1", account_id="1" * 12)
    stack = Stack(name="x-dev", body={}, locals={}, backend={})
    return Workspace(folder=tmp_path, stack=stack, access=access)


def test_a_lock_is_explained(workspace: Workspace) -> None:
    """Terraform's own words are between the lines."""
    assert advice_for(LOCKED, workspace) == (
        "jane@runner-7 holds the lock for apply since 2026-11-25 18:00:01.23 +0000 UTC. "
        "Wait for it to end; when that process is no more: payctl deploy with "
        "--unlock 6d0c43ca-5f1c"
    )


def test_a_lock_without_words(workspace: Workspace) -> None:
    """Nothing is made up."""
    assert "wait, and try again" in advice_for("Error acquiring the state lock", workspace)

"""Advice names the environment that a stack is of, not a piece of the stack's name."""

from pathlib import Path

import pytest
from attrs import evolve

from payctl.access import Access
from payctl.terraform.advice import advice_for
from payctl.terraform.workspace import Workspace
from tests.conftest import Synthesis

MISSING = "Error: NoSuchBucket: The specified bucket does not exist"


@pytest.mark.parametrize("name", ["payments-dev", "payments-dev-pr42", "payments-governance-dev"])
def test_a_missing_bucket_is_made_for_the_environment(name: str, payments: Synthesis) -> None:
    """A copy's state is in the bucket of its environment, whatever the copy is called."""
    workspace = Workspace(
        folder=Path(),
        stack=evolve(payments.stack("dev"), name=name),
        access=Access(region="eu-west-1", account_id="123456789012"),
    )
    advice = advice_for(MISSING, workspace)
    assert advice.endswith("payctl bootstrap dev")
    assert "payment-state-dev-123456789012" in advice


def test_the_pipeline_has_no_environment_to_bootstrap(payments: Synthesis) -> None:
    """Its bucket is in an account of its own."""
    workspace = Workspace(
        folder=Path(),
        stack=payments.stacks["payments-pipeline"],
        access=Access(region="us-east-1", account_id="456789012345"),
    )
    assert "bootstrap" not in advice_for(MISSING, workspace)

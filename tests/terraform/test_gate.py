"""Production changes only when it is named, whoever runs Terraform [G7]."""

from collections.abc import Mapping

import pytest

from tests.terraform.workspace import Workspace


@pytest.mark.parametrize("variables", [{}, {"TF_VAR_confirmation": "payments-dev"}])
def test_production_refuses_what_does_not_name_it(
    variables: dict[str, str], workspaces: Mapping[str, Workspace]
) -> None:
    """Without the right word nothing is created, and the message says the word."""
    prod = workspaces["prod"]
    done = prod.run("apply", "-auto-approve", "-input=false", **variables)
    message = " ".join(done.stderr.replace("│", " ").split())
    assert done.returncode == 1
    assert "This environment changes only when it is named" in message
    assert "confirmation=payments-prod" in message
    assert prod.resources() == []


def test_a_plan_of_production_is_free(plans: Mapping[str, object]) -> None:
    """Looking needs no confirmation."""
    assert "prod" in plans

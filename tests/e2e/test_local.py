"""`payctl local` runs the flagship in all three environments on one machine [G7, G8, F3].

What stands in its way afterwards is in `test_local_drift.py`, its end in `test_local_end.py`.
"""

import json

import pytest
from botocore.exceptions import ClientError

from tests.e2e.local import ENVIRONMENTS, Local


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize(
    ("token", "end"), [("tok_approve", "captured"), ("tok_decline", "declined")]
)
def test_a_payment_gets_to_its_end(local: Local, environment: str, token: str, end: str) -> None:
    """With nothing but the roles' own permissions."""
    status = json.loads(local.must("pay", environment, "--token", token, "--json"))
    assert status["state"] == end


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_all_run_the_same_blueprint(local: Local, environment: str) -> None:
    """One digest in all of them."""
    assert local.record(environment)["digest"] == local.record("dev")["digest"]


def test_strangers_are_refused(local: Local) -> None:
    """IAM is enforced: keys that nobody was given open nothing."""
    stranger = local.client("prod", "dynamodb", key="AKIASTRANGER00000000")
    with pytest.raises(ClientError):
        stranger.scan(TableName="payment-transactions-prod")


def test_the_books_balance(local: Local) -> None:
    """Repeats, declines and poison neither lose nor double a payment."""
    report = json.loads(
        local.must("traffic", "staging", "--rate", "20", "--seconds", "10", "--json")
    )
    assert report["problems"] == []
    assert report["received"] == sum(report["states"].values())
    assert report["duplicates"] > 0
    assert report["poison"] > 0


def test_logs_show_what_a_function_wrote(local: Local) -> None:
    """Of the function that was asked for, and of no other."""
    printed = local.must("logs", "staging", "--function", "processing", "--lines", "3")
    assert printed.startswith("/aws/lambda/payment-processing-staging")
    assert len(printed.splitlines()) > 1
    assert "notification" not in printed.splitlines()[0]

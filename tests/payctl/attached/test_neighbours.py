"""What has our name is ours, whatever stands before or behind it."""

import pytest

from model.names import Names
from payctl.attached.neighbours import is_ours

NAMES = Names(platform="payments", ending="dev")


@pytest.mark.parametrize(
    "name",
    [
        "payment-queue-dev",
        "old-payment-queue-dev",
        "payment-queue-dev-2",
        "payment-queue-dev-123456789012",
        "PAYMENT_queue_dev",
        "payment-dev",
        "alias/payment-key-dev",
        "/aws/lambda/payment-helper-dev",
        "/payments/dev/database/second-password",
        "https://sqs.us-east-1.amazonaws.com/123456789012/payment-queue-dev",
    ],
)
def test_ours(name: str) -> None:
    """A prefix, a suffix and other separators change nothing."""
    assert is_ours(name, NAMES)


@pytest.mark.parametrize(
    "name",
    [
        "payment-queue-staging",
        "payment-queue-devices",
        "prepayment-queue-dev",
        "queue-dev",
        "/payments/staging/database/password",
        "/payments/development/x",
    ],
)
def test_not_ours(name: str) -> None:
    """Another environment's name, or a word that only begins like ours."""
    assert not is_ours(name, NAMES)

"""What AWS keeps, or forgets late, is nothing that somebody left behind."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import frozen
from botocore.exceptions import ClientError

from payctl.aws.lingering import is_lingering
from payctl.errors import AccessError

HERE = "eu-west-1:123456789012"
BALANCER = f"arn:aws:elasticloadbalancing:{HERE}"
KEY = f"arn:aws:kms:{HERE}:key/00000000-0000-0000-0000-000000000000"
LISTENER = f"{BALANCER}:listener/app/payment-alb-dev/1/2"


@frozen
class Account:
    """An account in which every question has one answer: what is said, or an error's code."""

    answer: Mapping[str, Any] | str

    def client(self, service: str, **_: object) -> "Account":
        """Return what answers for every service."""
        assert service in ("kms", "elbv2")
        return self

    def describe_key(self, **_: str) -> Mapping[str, Any]:
        """Answer for a key."""
        return self._said("DescribeKey")

    def describe_listeners(self, **_: object) -> Mapping[str, Any]:
        """Answer for a listener."""
        return self._said("DescribeListeners")

    def _said(self, operation: str) -> Mapping[str, Any]:
        if isinstance(self.answer, str):
            raise ClientError({"Error": {"Code": self.answer, "Message": "no"}}, operation)
        return self.answer


def lingers(arn: str, answer: Mapping[str, Any] | str = "AccessDenied") -> bool:
    """Tell whether *arn* lingers in an account that answers *answer*."""
    return is_lingering(Account(answer), arn)  # type: ignore[arg-type]  # as far as it is used


@pytest.mark.parametrize("kind", ["snapshot", "cluster-snapshot"])
def test_automated_snapshot(kind: str) -> None:
    """A snapshot that RDS made goes with its database; one that somebody made stays."""
    assert lingers(f"arn:aws:rds:{HERE}:{kind}:rds:payment-database-dev-2026-11-25-02-05")
    assert not lingers(f"arn:aws:rds:{HERE}:{kind}:payment-by-hand-dev")


@pytest.mark.parametrize(
    ("state", "expected"),
    [("PendingDeletion", True), ("Enabled", False), ("Disabled", False)],
)
def test_key(state: str, *, expected: bool) -> None:
    """A key lingers once its deletion is ordered; one that is off is still somebody's."""
    assert lingers(KEY, {"KeyMetadata": {"KeyState": state}}) is expected
    assert lingers(KEY, "NotFoundException")


def test_deleted_listener() -> None:
    """A listener that is not found is gone, whatever the tagging API says."""
    assert lingers(LISTENER, "ListenerNotFound")
    assert not lingers(LISTENER, {"Listeners": [{}]})


def test_no_answer() -> None:
    """Where AWS does not tell, nobody knows: that is not "gone"."""
    with pytest.raises(AccessError):
        lingers(LISTENER, "AccessDenied")
    with pytest.raises(AccessError):
        lingers(KEY, "AccessDeniedException")


def test_others() -> None:
    """Whatever else is listed was left behind by somebody."""
    assert not lingers(f"arn:aws:rds:{HERE}:db:payment-database-dev")
    assert not lingers(f"arn:aws:sqs:{HERE}:payment-queue-dev")
    assert not lingers("payment-queue-dev")

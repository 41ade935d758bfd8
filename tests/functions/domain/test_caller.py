"""Principals as API Gateway and S3 name them are one caller."""

import pytest
from functions.domain.caller import UNAUTHENTICATED, iam_caller, key_caller


@pytest.mark.parametrize(
    ("principal_id", "caller"),
    [
        ("AROAEXAMPLE:one-session", "iam:AROAEXAMPLE"),
        ("AWS:AROAEXAMPLE:another", "iam:AROAEXAMPLE"),
        ("AIDAEXAMPLE", "iam:AIDAEXAMPLE"),
        ("AWS:AIDAEXAMPLE", "iam:AIDAEXAMPLE"),
        ("", UNAUTHENTICATED),
    ],
)
def test_sessions_of_one_role_are_one_caller(principal_id: str, caller: str) -> None:
    """The unique id counts, wherever it comes from."""
    assert iam_caller(principal_id) == caller


def test_kinds_of_callers_never_meet() -> None:
    """A key named like a role is another caller."""
    assert len({key_caller("x"), iam_caller("x"), UNAUTHENTICATED}) == 3

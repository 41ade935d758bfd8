"""No sequence of steps reaches a state that the rules do not allow."""

from datetime import UTC, datetime

import pytest
from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.domain.state import NEXT, ForbiddenTransitionError, State
from functions.domain.transaction import Transaction
from hypothesis import given
from hypothesis import strategies as st

RECEIVED = Transaction(
    caller="c",
    due_at=datetime(2026, 11, 21, tzinfo=UTC),
    transaction_id="t",
    payment=Payment(
        money=Money(amount_minor_units=1, currency="EUR"),
        payment_method="tok_a",
        reference="r",
    ),
    received_at=datetime(2026, 11, 21, tzinfo=UTC),
    correlation_id="c",
)
PATHS = {
    ("received", "authorized", "captured", "settled", "refunded"),
    ("received", "authorized", "captured", "refunded"),
    ("received", "authorized", "failed"),
    ("received", "declined"),
    ("received", "failed"),
}


@given(st.lists(st.sampled_from(State), max_size=12))
def test_only_allowed_paths_can_be_walked(wishes: list[State]) -> None:
    """Whatever is asked for, the states passed are the beginning of an allowed path."""
    transaction, walked = RECEIVED, ["received"]
    for wish in wishes:
        try:
            moved = transaction.moved(wish)
        except ForbiddenTransitionError:
            continue
        assert moved.version == transaction.version + 1
        assert not moved.announced
        transaction = moved
        walked.append(wish.value)
    assert any(path[: len(walked)] == tuple(walked) for path in PATHS)


def test_every_state_has_a_rule() -> None:
    """There is no state that the rules forget."""
    assert set(NEXT) == set(State)


def test_the_error_names_what_is_allowed() -> None:
    """The message says what may follow."""
    with pytest.raises(
        ForbiddenTransitionError, match="received may be followed by authorized, declined, failed"
    ):
        RECEIVED.moved(State.SETTLED)

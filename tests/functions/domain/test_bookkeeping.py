"""The books add up for every path a transaction can take."""

import pytest
from functions.domain.bookkeeping import Entry, entries_for, imbalance
from functions.domain.currency import EXPONENTS
from functions.domain.money import MAXIMUM_MINOR_UNITS, Money
from functions.domain.state import State
from hypothesis import given
from hypothesis import strategies as st

R, A, C, S, D, F, B = (
    State.RECEIVED, State.AUTHORIZED, State.CAPTURED, State.SETTLED,
    State.DECLINED, State.FAILED, State.REFUNDED,
)  # fmt: skip
MONEY = st.builds(
    Money,
    amount_minor_units=st.integers(1, MAXIMUM_MINOR_UNITS),
    currency=st.sampled_from(sorted(EXPONENTS)),
)


def _balances(entries: tuple[Entry, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.account] = found.get(entry.account, 0) + entry.amount_minor_units
    return {account: balance for account, balance in found.items() if balance}


@given(MONEY, st.sampled_from([(R,), (R, D), (R, F), (R, A, F), (R, A, C), (R, A, C, S),
                               (R, A, C, B), (R, A, C, S, B)]))  # fmt: skip
def test_every_path_balances(money: Money, path: tuple[State, ...]) -> None:
    """Each posting of each path adds up to nothing."""
    entries = entries_for(path, money, caller="c")
    assert imbalance(entries) == {}
    assert {entry.currency for entry in entries} <= {money.currency}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((R, A), {}),
        ((R, D), {}),
        ((R, A, C), {"gateway_receivable": 5, "merchant_payable/c": -5}),
        ((R, A, C, S), {"bank": 5, "merchant_payable/c": -5}),
        ((R, A, C, B), {}),
        ((R, A, C, S, B), {}),
    ],
)
def test_who_has_the_money(path: tuple[State, ...], expected: dict[str, int]) -> None:
    """The balances say who owes what to whom after each path."""
    money = Money(amount_minor_units=5, currency="EUR")
    assert _balances(entries_for(path, money, caller="c")) == expected


def test_imbalance_is_named() -> None:
    """What does not add up is told by posting and currency."""
    entry = Entry(posting="captured", account="bank", amount_minor_units=5, currency="EUR")
    assert imbalance([entry]) == {("captured", "EUR"): 5}

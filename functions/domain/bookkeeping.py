"""Which double-entry rows a transaction's states ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from functions.domain.money import Money
from functions.domain.state import State


@frozen(kw_only=True)
class Entry:
    """One row of the ledger.

    Attributes:
        posting: The state that asked for it; the rows of one posting add up to nothing.

        account: Whose balance it changes.

        amount_minor_units: A debit where positive, a credit where negative; never 0.

        currency: An ISO 4217 code.

    """

    posting: str
    account: str
    amount_minor_units: int
    currency: str


_RECEIVABLE: Final = "gateway_receivable"
_PAYABLE: Final = "merchant_payable"
"""Each caller has one of these accounts."""

_BANK: Final = "bank"


def entries_for(states: Iterable[State], money: Money, *, caller: str) -> tuple[Entry, ...]:
    """Return all rows that a transaction of *caller* owes the ledger after passing *states*.

    A capture is owed to us by the gateway and by us to the merchant; a settlement turns the
    gateway's debt into money in the bank; a refund takes back what was booked, from the bank once
    the money is there.
    """
    passed = tuple(states)
    payable = f"{_PAYABLE}/{caller}"
    found: list[Entry] = []
    for state in passed:
        if state is State.CAPTURED:
            found += _posting(state, debit=_RECEIVABLE, credit=payable, money=money)
        elif state is State.SETTLED:
            found += _posting(state, debit=_BANK, credit=_RECEIVABLE, money=money)
        elif state is State.REFUNDED:
            source = _BANK if State.SETTLED in passed else _RECEIVABLE
            found += _posting(state, debit=payable, credit=source, money=money)
    return tuple(found)


def _posting(state: State, *, debit: str, credit: str, money: Money) -> tuple[Entry, Entry]:
    amount = money.amount_minor_units
    return (
        Entry(
            posting=state.value, account=debit, amount_minor_units=amount, currency=money.currency
        ),
        Entry(
            posting=state.value, account=credit, amount_minor_units=-amount, currency=money.currency
        ),
    )


def imbalance(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """Return what does not add up: minor units by posting and currency; empty when all is well."""
    sums: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = (entry.posting, entry.currency)
        sums[key] = sums.get(key, 0) + entry.amount_minor_units
    return {key: amount for key, amount in sums.items() if amount}

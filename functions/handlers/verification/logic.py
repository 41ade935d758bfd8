"""Tells whether a transaction's state and its ledger rows agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from functions.domain.bookkeeping import Entry, entries_for, imbalance
from functions.domain.transaction import AuditRecord, Transaction
from functions.domain.violation import Violation, ViolationsError


def parse_request(form: object) -> str:
    """Return the transaction id that *form*, decoded JSON, asks about.

    Raises:
        ViolationsError: If there is none.

    """
    found = form.get("transaction_id") if isinstance(form, dict) else None
    if not isinstance(found, str):
        rule = "must be the id of a transaction"
        raise ViolationsError([Violation(pointer="/transaction_id", detail=rule)])
    return found


def verify(
    transaction: Transaction, history: Sequence[AuditRecord], entries: Sequence[Entry]
) -> dict[str, Any]:
    """Return the state of *transaction* and whether the ledger agrees with it.

    A transaction whose outcome is still being booked is "pending", never wrongly "inconsistent".
    """
    states = [step.state for step in history]
    expected = entries_for(states, transaction.payment.money, caller=transaction.caller)
    balanced = not imbalance(entries)
    agrees = balanced and sorted(map(_key, expected)) == sorted(map(_key, entries))
    if agrees:
        verdict = "consistent"
    elif balanced and not transaction.announced:
        verdict = "pending"
    else:
        verdict = "inconsistent"
    return {
        "transaction_id": transaction.transaction_id,
        "state": transaction.state.value,
        "verdict": verdict,
        "ledger": {
            "balanced": balanced,
            "entries": [
                {
                    "posting": entry.posting,
                    "account": entry.account,
                    "amount_minor_units": entry.amount_minor_units,
                    "currency": entry.currency,
                }
                for entry in entries
            ],
        },
    }


def _key(entry: Entry) -> tuple[str, str, int, str]:
    return (entry.posting, entry.account, entry.amount_minor_units, entry.currency)

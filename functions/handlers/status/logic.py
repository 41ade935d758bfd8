"""What a caller may know about a transaction."""

from __future__ import annotations

import uuid
from typing import Any

from functions.domain.instant import format_instant
from functions.domain.transaction import AuditRecord, Transaction
from functions.payments.unknown_transaction import UnknownTransactionError
from functions.storage.transaction_store import TransactionStore


def look_up(store: TransactionStore, transaction_id: object, *, caller: str) -> Transaction:
    """Return the transaction of *caller*.

    Raises:
        UnknownTransactionError: If there is none, if it is somebody else's, which nobody is told,
            or if *transaction_id* is no id at all.

    """
    try:
        canonical = str(uuid.UUID(str(transaction_id)))
    except ValueError:
        raise UnknownTransactionError("of that id") from None
    found = store.find(canonical)
    if found is None or found.caller != caller:
        raise UnknownTransactionError(canonical)
    return found


def describe(transaction: Transaction, history: tuple[AuditRecord, ...]) -> dict[str, Any]:
    """Return the state of *transaction* and how it got there; no token, no gateway name."""
    money = transaction.payment.money
    return {
        "transaction_id": transaction.transaction_id,
        "state": transaction.state.value,
        "amount_minor_units": money.amount_minor_units,
        "currency": money.currency,
        "amount": money.decimal,
        "reference": transaction.payment.reference,
        "received_at": format_instant(transaction.received_at),
        "reason": transaction.reason,
        "history": [{"state": step.state.value, "at": format_instant(step.at)} for step in history],
    }

"""How a transaction looks as a row of the table transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.domain.state import State
from functions.domain.transaction import Transaction

COLUMNS: Final = (
    "transaction_id",
    "caller",
    "received_at",
    "correlation_id",
    "amount_minor_units",
    "currency",
    "payment_method",
    "reference",
    "state",
    "version",
    "attempts",
    "announced",
    "gateway_reference",
    "reason",
    "held_until",
)


def row_of(transaction: Transaction) -> dict[str, Any]:
    """Return every column of *transaction*, by name."""
    return {
        "transaction_id": transaction.transaction_id,
        "caller": transaction.caller,
        "received_at": transaction.received_at,
        "correlation_id": transaction.correlation_id,
        **transaction.payment.to_fields(),
        **changing_columns(transaction),
    }


def changing_columns(transaction: Transaction) -> dict[str, Any]:
    """Return the columns that a later write may change."""
    return {
        "state": transaction.state.value,
        "version": transaction.version,
        "attempts": transaction.attempts,
        "announced": transaction.announced,
        "gateway_reference": transaction.gateway_reference,
        "reason": transaction.reason,
        "held_until": transaction.held_until,
    }


def transaction_from(row: Sequence[Any]) -> Transaction:
    """Return the transaction in *row*, with values in the order of COLUMNS and when it is due."""
    *values_of_columns, due_at = row
    values = dict(zip(COLUMNS, values_of_columns))
    payment = Payment(
        money=Money(
            amount_minor_units=values.pop("amount_minor_units"), currency=values.pop("currency")
        ),
        payment_method=values.pop("payment_method"),
        reference=values.pop("reference"),
    )
    return Transaction(
        **{
            **values,
            "transaction_id": str(values["transaction_id"]),
            "state": State(values["state"]),
            "payment": payment,
            # Without a mark nothing is left to do, and when does not matter.
            "due_at": due_at or values["received_at"],
        }
    )

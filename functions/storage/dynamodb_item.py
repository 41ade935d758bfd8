"""How transactions and audit records look as DynamoDB items, in the low-level format."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import Any, Final

from functions.domain.instant import format_instant, parse_instant
from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.domain.state import State
from functions.domain.transaction import AuditRecord, Transaction
from functions.storage.transaction_store import Unfinished

Item = dict[str, dict[str, Any]]

CLAIM: Final = "#claim"
"""The sort key of the guard item: the same for every attempt to create one transaction."""

OUTBOX_SHARDS: Final = ("0", "1", "2", "3")
"""The partitions of the outbox index, so that no single one takes all the traffic."""

MARK: Final = ("outbox_shard", "due_at")
"""The attributes that put an item into the outbox index."""


def shard_of(transaction_id: str) -> str:
    """Return the outbox shard of a transaction: always the same one."""
    return OUTBOX_SHARDS[zlib.crc32(transaction_id.encode()) % len(OUTBOX_SHARDS)]


def key_of(transaction: Transaction) -> Item:
    """Return the primary key of the transaction's own item."""
    return {
        "transaction_id": {"S": transaction.transaction_id},
        "timestamp": {"S": format_instant(transaction.received_at)},
    }


def claim_item(transaction: Transaction) -> Item:
    """Return the item that can be put only once, whatever the time."""
    return {
        "transaction_id": {"S": transaction.transaction_id},
        "timestamp": {"S": CLAIM},
        "kind": {"S": "claim"},
        "fingerprint": {"S": transaction.payment.fingerprint},
        "caller": {"S": transaction.caller},
    }


def transaction_item(transaction: Transaction) -> Item:
    """Return a new transaction as an item."""
    payment = transaction.payment
    return {
        **key_of(transaction),
        **changing_attributes(transaction),
        "kind": {"S": "transaction"},
        "caller": {"S": transaction.caller},
        "amount_minor_units": {"N": str(payment.money.amount_minor_units)},
        "currency": {"S": payment.money.currency},
        "payment_method": {"S": payment.payment_method},
        "reference": {"S": payment.reference},
        "correlation_id": {"S": transaction.correlation_id},
    }


def changing_attributes(transaction: Transaction) -> Item:
    """Return the attributes that a later write may change; MARK is there until nothing is left."""
    mark = {
        "outbox_shard": {"S": shard_of(transaction.transaction_id)},
        "due_at": {"S": format_instant(transaction.due_at)},
    }
    held_until = transaction.held_until
    return {
        **({} if transaction.announced else mark),
        "state": {"S": transaction.state.value},
        "version": {"N": str(transaction.version)},
        "attempts": {"N": str(transaction.attempts)},
        "announced": {"BOOL": transaction.announced},
        "gateway_reference": _text_or_null(transaction.gateway_reference),
        "reason": _text_or_null(transaction.reason),
        "held_until": _text_or_null(format_instant(held_until) if held_until else None),
    }


def transaction_from(item: Item) -> Transaction:
    """Return the transaction that transaction_item wrote."""
    held_until = item["held_until"].get("S")
    return Transaction(
        transaction_id=item["transaction_id"]["S"],
        caller=item["caller"]["S"],
        payment=Payment(
            money=Money(
                amount_minor_units=int(item["amount_minor_units"]["N"]),
                currency=item["currency"]["S"],
            ),
            payment_method=item["payment_method"]["S"],
            reference=item["reference"]["S"],
        ),
        received_at=parse_instant(item["timestamp"]["S"]),
        correlation_id=item["correlation_id"]["S"],
        state=State(item["state"]["S"]),
        version=int(item["version"]["N"]),
        attempts=int(item["attempts"]["N"]),
        gateway_reference=item["gateway_reference"].get("S"),
        reason=item["reason"].get("S"),
        announced=item["announced"]["BOOL"],
        # Without a mark nothing is left to do, and when does not matter.
        due_at=parse_instant(item.get("due_at", item["timestamp"])["S"]),
        held_until=parse_instant(held_until) if held_until else None,
    )


def unfinished_from(item: Item) -> Unfinished:
    """Return what the outbox index says about a transaction."""
    return Unfinished(
        transaction_id=item["transaction_id"]["S"],
        received_at=parse_instant(item["timestamp"]["S"]),
        due_at=parse_instant(item["due_at"]["S"]),
    )


def audit_item(transaction: Transaction, at: datetime) -> Item:
    """Return the record of the step that led to *transaction*.

    The sort key ends with the version: two steps within one microsecond stay two records, and
    they stay apart from the transaction's own item where both share a table.
    """
    return {
        "transaction_id": {"S": transaction.transaction_id},
        "timestamp": {"S": f"{format_instant(at)}#{transaction.version:04d}"},
        "kind": {"S": "audit"},
        "caller": {"S": transaction.caller},
        "version": {"N": str(transaction.version)},
        "state": {"S": transaction.state.value},
        "reason": _text_or_null(transaction.reason),
    }


def audit_record_from(item: Item) -> AuditRecord:
    """Return the record that audit_item wrote."""
    return AuditRecord(
        transaction_id=item["transaction_id"]["S"],
        caller=item["caller"]["S"],
        version=int(item["version"]["N"]),
        state=State(item["state"]["S"]),
        at=parse_instant(item["timestamp"]["S"].partition("#")[0]),
        reason=item["reason"].get("S"),
    )


def _text_or_null(text: str | None) -> dict[str, Any]:
    return {"NULL": True} if text is None else {"S": text}

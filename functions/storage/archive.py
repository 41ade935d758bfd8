"""The final audit record of a transaction as one object in the audit bucket."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from attrs import frozen

from functions.domain.instant import format_instant
from functions.domain.transaction import AuditRecord, Transaction


@frozen(kw_only=True, eq=False)
class Archive:
    """Audit records in an S3 bucket.

    Attributes:
        client: A boto3 S3 client.

        bucket: The bucket's name.

    """

    client: Any
    bucket: str

    def write(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """Write the record of *transaction*; the same one again gives the same object."""
        self.client.put_object(
            Bucket=self.bucket,
            Key=object_key(transaction),
            Body=json.dumps(record(transaction, history), sort_keys=True).encode(),
            ContentType="application/json",
        )


def object_key(transaction: Transaction) -> str:
    """Return where the record is: by the day the transaction was received, UTC."""
    return f"transactions/{transaction.received_at:%Y/%m/%d}/{transaction.transaction_id}.json"


def record(transaction: Transaction, history: Sequence[AuditRecord]) -> dict[str, Any]:
    """Return everything that is kept about *transaction*; the payment token is left out."""
    return {
        "transaction_id": transaction.transaction_id,
        "caller": transaction.caller,
        "amount_minor_units": transaction.payment.money.amount_minor_units,
        "currency": transaction.payment.money.currency,
        "reference": transaction.payment.reference,
        "received_at": format_instant(transaction.received_at),
        "correlation_id": transaction.correlation_id,
        "state": transaction.state.value,
        "gateway_attempts": transaction.attempts,
        "gateway_reference": transaction.gateway_reference,
        "reason": transaction.reason,
        "history": [
            {"state": step.state.value, "at": format_instant(step.at), "version": step.version}
            for step in history
        ],
    }

"""Payment events on SNS."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen

from functions.domain.instant import format_instant
from functions.domain.transaction import AuditRecord, Transaction


@frozen(kw_only=True, eq=False)
class EventTopic:
    """Where payment events are published, at least once each.

    Attributes:
        client: A boto3 SNS client.

        arn: The topic.

    """

    client: Any
    arn: str

    def publish(self, transaction: Transaction, step: AuditRecord) -> None:
        """Publish that *transaction* took *step*; filter policies see the type as an attribute."""
        content = payment_event(transaction, step)
        self.client.publish(
            TopicArn=self.arn,
            Message=json.dumps(content, sort_keys=True),
            MessageAttributes={
                "event_type": {"DataType": "String", "StringValue": content["event_type"]}
            },
        )


def payment_event(transaction: Transaction, step: AuditRecord) -> dict[str, Any]:
    """Return the event: the same one, with the same id, however often it is published."""
    money = transaction.payment.money
    return {
        "event_id": f"{transaction.transaction_id}.{step.state.value}",
        "event_type": f"payment.{step.state.value}",
        "occurred_at": format_instant(step.at),
        "correlation_id": transaction.correlation_id,
        "transaction": {
            "transaction_id": transaction.transaction_id,
            "state": step.state.value,
            "reference": transaction.payment.reference,
            "amount_minor_units": money.amount_minor_units,
            "currency": money.currency,
            "amount": money.decimal,
            "reason": step.reason,
        },
    }

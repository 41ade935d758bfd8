"""The payment queue on SQS, from the sender's side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import frozen

from functions.messaging.queue_message import Submissions, Work

MESSAGES_PER_CALL: Final = 10
"""What SQS takes in one call."""


class NotQueuedError(RuntimeError):
    """SQS took only a part of the messages of one call."""


@frozen(kw_only=True, eq=False)
class PaymentQueue:
    """Where work on payments waits.

    Attributes:
        client: A boto3 SQS client.

        url: The queue's URL.

    """

    client: Any
    url: str

    def send(self, work: Work, *, correlation_id: str) -> None:
        """Send one transaction to carry on with."""
        self.client.send_message(
            QueueUrl=self.url,
            MessageBody=work.to_json(),
            MessageAttributes=_correlation(correlation_id),
        )

    def send_again(self, body: str, *, correlation_id: str, delay_seconds: int) -> None:
        """Send a message that could not be worked on as a new one: it counts no deliveries."""
        self.client.send_message(
            QueueUrl=self.url,
            MessageBody=body,
            MessageAttributes=_correlation(correlation_id),
            DelaySeconds=delay_seconds,
        )

    def send_submissions(self, batch: Sequence[Submissions]) -> None:
        """Send 1 to MESSAGES_PER_CALL messages in one call.

        Raises:
            NotQueuedError: If any was refused; sending all of them again is safe.

        """
        response = self.client.send_message_batch(
            QueueUrl=self.url,
            Entries=[
                {
                    "Id": str(number),
                    "MessageBody": message.to_json(),
                    "MessageAttributes": _correlation(message.source),
                }
                for number, message in enumerate(batch)
            ],
        )
        refused = response.get("Failed", [])
        if refused:
            codes = ", ".join(sorted({entry["Code"] for entry in refused}))
            raise NotQueuedError(f"{len(refused)} of {len(batch)} messages: {codes}")


def _correlation(correlation_id: str) -> dict[str, Any]:
    return {"correlation_id": {"DataType": "String", "StringValue": correlation_id}}

"""How an accepted transaction gets to be worked on: through the queue, or at once."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from functions.messaging.payment_queue import PaymentQueue
from functions.messaging.queue_message import Work
from functions.payments.progress import Progress


class Dispatch(Protocol):
    """Hands a stored transaction on; doing it twice is like doing it once."""

    def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:
        """Hand the transaction on, or raise and leave it as due as it was."""


@frozen(kw_only=True, eq=False)
class ThroughQueue:
    """Puts transactions on the payment queue."""

    queue: PaymentQueue

    def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:
        """See Dispatch."""
        self.queue.send(Work(transaction_id=transaction_id), correlation_id=correlation_id)


@frozen(kw_only=True, eq=False)
class AtOnce:
    """Works on transactions right away, for platforms without a queue."""

    progress: Progress

    def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:  # noqa: ARG002
        """See Dispatch."""
        self.progress.advance(transaction_id)

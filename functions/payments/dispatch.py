"""How an accepted transaction gets to be worked on: through the queue, or at once."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from functions.domain.transaction import Transaction
from functions.messaging.payment_queue import PaymentQueue
from functions.messaging.queue_message import Work
from functions.payments.progress import Progress


class Dispatch(Protocol):
    """Hands a stored transaction on; doing it twice is like doing it once."""

    def hand_on(self, transaction: Transaction) -> None:
        """Hand *transaction* on, or raise and leave everything as it was."""


@frozen(kw_only=True, eq=False)
class ThroughQueue:
    """Puts transactions on the payment queue."""

    queue: PaymentQueue

    def hand_on(self, transaction: Transaction) -> None:
        """See Dispatch."""
        work = Work(transaction_id=transaction.transaction_id)
        self.queue.send(work, correlation_id=transaction.correlation_id)


@frozen(kw_only=True, eq=False)
class AtOnce:
    """Works on transactions right away, for platforms without a queue."""

    progress: Progress

    def hand_on(self, transaction: Transaction) -> None:
        """See Dispatch."""
        self.progress.advance(transaction.transaction_id)

"""What is done once a transaction has come to rest in a state; each effect may be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from functions.domain.bookkeeping import entries_for
from functions.domain.transaction import AuditRecord, Transaction
from functions.messaging.event_topic import EventTopic
from functions.storage.archive import Archive
from functions.storage.ledger import Ledger


class OutcomeEffect(Protocol):
    """Something that an outcome brings about; doing it twice is like doing it once."""

    def apply(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """Do it for *transaction*, which passed through *history*."""


@frozen(kw_only=True, eq=False)
class PostToLedger:
    """Book everything that the transaction owes the ledger so far."""

    ledger: Ledger

    def apply(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """See OutcomeEffect; rows that are there already stay."""
        states = [step.state for step in history]
        entries = entries_for(states, transaction.payment.money, caller=transaction.caller)
        if entries:
            self.ledger.post(transaction.transaction_id, entries)


@frozen(kw_only=True, eq=False)
class WriteToArchive:
    """Write the audit record to the audit bucket."""

    archive: Archive

    def apply(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """See OutcomeEffect; the object is written over by itself."""
        self.archive.write(transaction, history)


@frozen(kw_only=True, eq=False)
class PublishEvent:
    """Publish the payment event."""

    topic: EventTopic

    def apply(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """See OutcomeEffect; a repeated event has the same id."""
        self.topic.publish(transaction, history[-1])

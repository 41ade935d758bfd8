"""What every transaction store does, and how it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from attrs import frozen

from functions.domain.transaction import AuditRecord, Transaction


class KeyReusedError(ValueError):
    """An idempotency key was used before for another payment."""

    def __init__(self) -> None:
        super().__init__("the idempotency key belongs to another payment")


class StaleTransactionError(RuntimeError):
    """Somebody else wrote the transaction in between; read it again."""

    def __init__(self, transaction_id: str, version: int) -> None:
        super().__init__(f"{transaction_id} is no longer at version {version}")


@frozen(kw_only=True)
class Creation:
    """What came of creating a transaction.

    Attributes:
        transaction: The one that is stored.

        created: Whether it is new.

    """

    transaction: Transaction
    created: bool


class TransactionStore(Protocol):
    """Keeps transactions, their audit records, and the outbox of those not yet queued."""

    def create(self, transaction: Transaction) -> Creation:
        """Store *transaction*, its audit record and its outbox mark, all or none, at most once.

        Raises:
            KeyReusedError: If its id is taken by another payment.

        """

    def find(self, transaction_id: str) -> Transaction | None:
        """Return the transaction as last written, None if there is none."""

    def save(self, before: Transaction, after: Transaction) -> Transaction:
        """Replace *before* by *after*, with an audit record if the state changed; return *after*.

        Raises:
            StaleTransactionError: If *before* is not what is stored.

        """

    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """Return every state the transaction reached, the earliest first."""

    def unqueued(self, *, received_before: datetime, limit: int) -> Iterator[Transaction]:
        """Yield at most *limit* transactions with an outbox mark, the earliest first per shard."""

    def mark_queued(self, transaction: Transaction) -> None:
        """Take away the outbox mark; without one, nothing happens."""

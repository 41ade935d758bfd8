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


@frozen(kw_only=True)
class Unfinished:
    """A transaction about which something is left to do.

    Attributes:
        transaction_id: Which one.

        received_at: Since when, UTC.

        due_at: When it is taken up, UTC.

    """

    transaction_id: str
    received_at: datetime
    due_at: datetime


class TransactionStore(Protocol):
    """Keeps transactions, their audit records, and a mark on each that is not announced.

    The mark is written and taken away with the transaction itself, in one write: there is no
    moment at which something is left to do and nothing says so.
    """

    def create(self, transaction: Transaction) -> Creation:
        """Store *transaction*, its audit record and its mark, all or none, at most once.

        Raises:
            KeyReusedError: If its id is taken by another payment.

        """

    def find(self, transaction_id: str) -> Transaction | None:
        """Return the transaction as last written, None if there is none."""

    def save(self, before: Transaction, after: Transaction) -> Transaction:
        """Replace *before* by *after*, with an audit record if the state changed; return *after*.

        The mark goes with the announcement.

        Raises:
            StaleTransactionError: If *before* is not what is stored.

        """

    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """Return every state the transaction reached, the earliest first."""

    def unfinished(self, *, due_before: datetime, limit: int) -> Iterator[Unfinished]:
        """Yield at most *limit* marked transactions, the longest due first per shard."""

    def defer(self, one: Unfinished, due_at: datetime) -> bool:
        """Let *one* be due later; False if it is finished, or somebody else changed when it is due.

        Whoever works on the transaction is not disturbed: its version stays.
        """

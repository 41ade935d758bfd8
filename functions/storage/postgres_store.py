"""Transactions in PostgreSQL: every change one SQL transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from attrs import frozen

from functions.database.database import Database
from functions.domain.instant import Clock
from functions.domain.state import State
from functions.domain.transaction import AuditRecord, Transaction
from functions.storage.postgres_row import COLUMNS, changing_columns, row_of, transaction_from
from functions.storage.transaction_store import (
    Creation,
    KeyReusedError,
    StaleTransactionError,
    Unfinished,
)

_INSERT = f"""
insert into transactions ({", ".join(COLUMNS)})
values ({", ".join(f":{name}" for name in COLUMNS)})
on conflict (transaction_id) do nothing returning version
"""  # noqa: S608 - the columns are ours
_SELECT = f"""
select {", ".join(COLUMNS)}, due_at from transactions left join outbox using (transaction_id)
"""  # noqa: S608 - as above
_UPDATE = """
update transactions set state = :state, version = :version, attempts = :attempts,
  announced = :announced, gateway_reference = :gateway_reference, reason = :reason,
  held_until = :held_until
where transaction_id = :transaction_id and version = :before returning version
"""
_AUDIT = """
insert into audit (transaction_id, caller, version, state, at, reason)
values (:transaction_id, :caller, :version, :state, :at, :reason)
"""
_HISTORY = """
select caller, version, state, at, reason from audit
where transaction_id = :transaction_id order by version
"""
_MARK = """
insert into outbox (transaction_id, due_at) values (:transaction_id, :due_at)
on conflict (transaction_id) do update set due_at = excluded.due_at
"""
_UNMARK = "delete from outbox where transaction_id = :transaction_id"
_UNFINISHED = """
select transaction_id, received_at, due_at from outbox join transactions using (transaction_id)
where due_at < :due_before order by due_at limit :limit
"""
_DEFER = """
update outbox set due_at = :due_at
where transaction_id = :transaction_id and due_at = :before returning due_at
"""


@frozen(kw_only=True, eq=False)
class PostgresStore:
    """A transaction store in the tables that migration 0001 makes.

    Attributes:
        database: Where the tables are.

        clock: Dates the audit records.

    """

    database: Database
    clock: Clock

    def create(self, transaction: Transaction) -> Creation:
        """See TransactionStore; the primary key makes a second attempt wait for the first."""
        with self.database.transaction() as connection:
            if connection.run(_INSERT, **row_of(transaction)):
                self._audit(connection, transaction, transaction.received_at)
                self._mark(connection, transaction)
                return Creation(transaction=transaction, created=True)
        stored = self.find(transaction.transaction_id)
        if stored is None or stored.payment != transaction.payment:
            raise KeyReusedError
        return Creation(transaction=stored, created=False)

    def find(self, transaction_id: str) -> Transaction | None:
        """See TransactionStore."""
        with self.database.transaction() as connection:
            rows = connection.run(
                f"{_SELECT} where transaction_id = :transaction_id", transaction_id=transaction_id
            )
        return transaction_from(rows[0]) if rows else None

    def save(self, before: Transaction, after: Transaction) -> Transaction:
        """See TransactionStore."""
        with self.database.transaction() as connection:
            written = connection.run(
                _UPDATE,
                transaction_id=after.transaction_id,
                before=before.version,
                **changing_columns(after),
            )
            if not written:
                raise StaleTransactionError(before.transaction_id, before.version)
            if after.state is not before.state:
                self._audit(connection, after, self.clock())
            self._mark(connection, after)
        return after

    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """See TransactionStore."""
        with self.database.transaction() as connection:
            rows = connection.run(_HISTORY, transaction_id=transaction_id)
        return tuple(
            AuditRecord(
                transaction_id=transaction_id,
                caller=caller,
                version=version,
                state=State(state),
                at=at,
                reason=reason,
            )
            for caller, version, state, at, reason in rows
        )

    def unfinished(self, *, due_before: datetime, limit: int) -> Iterator[Unfinished]:
        """See TransactionStore."""
        with self.database.transaction() as connection:
            rows = connection.run(_UNFINISHED, due_before=due_before, limit=limit)
        return (
            Unfinished(transaction_id=str(transaction_id), received_at=received_at, due_at=due_at)
            for transaction_id, received_at, due_at in rows
        )

    def defer(self, one: Unfinished, due_at: datetime) -> bool:
        """See TransactionStore."""
        with self.database.transaction() as connection:
            return bool(
                connection.run(
                    _DEFER, transaction_id=one.transaction_id, before=one.due_at, due_at=due_at
                )
            )

    @staticmethod
    def _mark(connection: Any, transaction: Transaction) -> None:
        if transaction.announced:
            connection.run(_UNMARK, transaction_id=transaction.transaction_id)
        else:
            connection.run(
                _MARK, transaction_id=transaction.transaction_id, due_at=transaction.due_at
            )

    @staticmethod
    def _audit(connection: Any, transaction: Transaction, at: datetime) -> None:
        connection.run(
            _AUDIT,
            transaction_id=transaction.transaction_id,
            caller=transaction.caller,
            version=transaction.version,
            state=transaction.state.value,
            at=at,
            reason=transaction.reason,
        )

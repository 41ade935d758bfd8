"""The ledger in PostgreSQL; the schema itself refuses rows that do not add up."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from functions.database.database import Database
from functions.domain.bookkeeping import Entry

_POST = """
insert into ledger (transaction_id, posting, account, amount_minor_units, currency)
values (:transaction_id, :posting, :account, :amount_minor_units, :currency)
on conflict (transaction_id, posting, account) do nothing
"""
_ENTRIES = """
select posting, account, amount_minor_units, currency from ledger
where transaction_id = :transaction_id order by posting, account
"""


@frozen(kw_only=True, eq=False)
class PostgresLedger:
    """A ledger in the table that migration 0002 makes."""

    database: Database

    def post(self, transaction_id: str, entries: Iterable[Entry]) -> None:
        """See Ledger; one SQL transaction."""
        rows = tuple(entries)
        with self.database.transaction() as connection:
            for entry in rows:
                connection.run(
                    _POST,
                    transaction_id=transaction_id,
                    posting=entry.posting,
                    account=entry.account,
                    amount_minor_units=entry.amount_minor_units,
                    currency=entry.currency,
                )

    def entries(self, transaction_id: str) -> tuple[Entry, ...]:
        """See Ledger."""
        with self.database.transaction() as connection:
            rows = connection.run(_ENTRIES, transaction_id=transaction_id)
        return tuple(
            Entry(posting=posting, account=account, amount_minor_units=amount, currency=currency)
            for posting, account, amount, currency in rows
        )

"""The ledger on a real PostgreSQL server, whose schema guards the books by itself."""

import pg8000.native  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from functions.database.database import Database
from functions.domain.bookkeeping import entries_for
from functions.domain.money import Money
from functions.domain.state import State
from functions.storage.postgres_ledger import PostgresLedger

TRANSACTION = "5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11"
ENTRIES = entries_for(
    [State.RECEIVED, State.CAPTURED], Money(amount_minor_units=5, currency="JPY"), caller="c"
)


class TestPost:
    """Adding rows."""

    def test_keeps_rows(self, database: Database) -> None:
        """What was posted is there."""
        ledger = PostgresLedger(database=database)
        ledger.post(TRANSACTION, ENTRIES)
        assert ledger.entries(TRANSACTION) == ENTRIES

    def test_repeated_adds_nothing(self, database: Database) -> None:
        """The same rows again change nothing."""
        ledger = PostgresLedger(database=database)
        ledger.post(TRANSACTION, ENTRIES)
        ledger.post(TRANSACTION, ENTRIES)
        assert ledger.entries(TRANSACTION) == ENTRIES

    @pytest.mark.parametrize(
        "entries",
        [ENTRIES[:1], (ENTRIES[0], evolve(ENTRIES[1], amount_minor_units=-4))],
        ids=["one-sided", "unequal"],
    )
    def test_the_schema_refuses_imbalance(
        self, database: Database, entries: tuple[object, ...]
    ) -> None:
        """Rows that do not add up are refused when the transaction commits."""
        ledger = PostgresLedger(database=database)
        with pytest.raises(pg8000.native.DatabaseError, match="does not balance"):
            ledger.post(TRANSACTION, entries)  # type: ignore[arg-type]
        assert ledger.entries(TRANSACTION) == ()

    @pytest.mark.parametrize(
        "sql", ["update ledger set amount_minor_units = 1", "delete from ledger", "truncate ledger"]
    )
    def test_the_schema_keeps_rows_as_they_are(self, database: Database, sql: str) -> None:
        """Nobody changes or removes a row."""
        PostgresLedger(database=database).post(TRANSACTION, ENTRIES)
        with (
            pytest.raises(pg8000.native.DatabaseError, match="kept as they are"),
            database.transaction() as connection,
        ):
            connection.run(sql)

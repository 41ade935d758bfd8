"""Migrations on a real PostgreSQL server."""

from concurrent.futures import ThreadPoolExecutor

import pg8000.native  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from functions.database.database import Database
from functions.database.migrate import (
    ChangedMigrationError,
    Migration,
    migrate,
    migrations_in,
    missing,
)

ONE = Migration(name="0001_one", sql="create table one (x int)")
TWO = Migration(name="0002_two", sql="create table two (x int); create table three (x int)")
BROKEN = Migration(name="0003_broken", sql="create table four (x int); select no_such_function()")


class TestMissing:
    """Which migrations are left to run."""

    def test_is_what_has_not_run(self) -> None:
        """Migrations that have run unchanged are left out."""
        assert missing((ONE, TWO), {ONE.name: ONE.checksum}) == (TWO,)

    def test_refuses_changed_and_removed_ones(self) -> None:
        """All that have changed or gone are named at once."""
        with pytest.raises(ChangedMigrationError, match="0000_gone, 0001_one"):
            missing((ONE,), {"0001_one": "another", "0000_gone": "x"})


class TestMigrate:
    """Running migrations."""

    def test_runs_once(self, empty_database: Database) -> None:
        """The second run finds nothing to do."""
        names = tuple(migration.name for migration in migrations_in())
        assert migrate(empty_database, migrations_in()).run == names
        assert migrate(empty_database, migrations_in()).run == ()

    def test_a_newer_schema_is_told_and_a_changed_one_refused(
        self, empty_database: Database
    ) -> None:
        """Going back to an older version of the code works; rewriting history does not."""
        migrate(empty_database, (ONE, TWO))
        migrated = migrate(empty_database, (ONE,))
        assert (migrated.run, migrated.newer) == ((), ("0002_two",))
        with pytest.raises(ChangedMigrationError, match="0001_one"):
            migrate(empty_database, (evolve(ONE, sql="create table one (y int)"), TWO))

    def test_two_at_once_run_each_migration_once(self, empty_database: Database) -> None:
        """Of two deployments one waits for the other."""
        both = [
            Database(settings=empty_database.settings, password=empty_database.password)
            for _ in range(2)
        ]
        with ThreadPoolExecutor(2) as pool:
            runs = [one.run for one in pool.map(lambda base: migrate(base, (ONE, TWO)), both)]
        for database in both:
            database.close()
        assert sorted(runs) == [(), ("0001_one", "0002_two")]

    def test_a_failure_leaves_nothing_behind(self, empty_database: Database) -> None:
        """All migrations of a run are undone if one fails, and can be run after a repair."""
        with pytest.raises(pg8000.native.DatabaseError):
            migrate(empty_database, (ONE, TWO, BROKEN))
        assert migrate(empty_database, (ONE, TWO)).run == ("0001_one", "0002_two")

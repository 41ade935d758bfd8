"""Which migrations a database lacks, and how they are run: once, in order, one at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from functions.database.database import Database

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_250_017
"""Any number that is ours: whoever holds it is migrating."""


@frozen(kw_only=True)
class Migration:
    """One step of the schema.

    Attributes:
        name: Its file name without the ending; the order of names is the order of steps.

        sql: Its statements.

    """

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """The SHA-256 of the statements."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@frozen(kw_only=True)
class Migrated:
    """What came of bringing a schema up to date.

    Attributes:
        run: The names of the migrations that were run.

        newer: The names of those that ran before and are newer than all that this code knows: a
            later version was deployed, and this one may go on, as migrations only add.

    """

    run: tuple[str, ...]
    newer: tuple[str, ...]


class ChangedMigrationError(RuntimeError):
    """A migration that has run is not what it was; add a new one instead."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"already run, and changed or removed since: {', '.join(names)}")


def migrations_in(folder: Path = _FOLDER) -> tuple[Migration, ...]:
    """Return the migrations in *folder*, in order."""
    return tuple(
        Migration(name=path.stem, sql=path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.sql"))
    )


def missing(known: Sequence[Migration], done: dict[str, str]) -> tuple[Migration, ...]:
    """Return those of *known* that are not in *done*, checksums by name.

    Raises:
        ChangedMigrationError: If one in *done* has another checksum, or is gone.

    """
    checksums = {migration.name: migration.checksum for migration in known}
    later = newer(known, done)
    changed = [
        name for name in sorted(done) if name not in later and checksums.get(name) != done[name]
    ]
    if changed:
        raise ChangedMigrationError(changed)
    return tuple(migration for migration in known if migration.name not in done)


def newer(known: Sequence[Migration], done: dict[str, str]) -> tuple[str, ...]:
    """Return the names in *done* that come after all of *known*."""
    last = max((migration.name for migration in known), default="")
    return tuple(name for name in sorted(done) if name > last)


def migrate(database: Database, known: Sequence[Migration]) -> Migrated:
    """Bring the schema up to date in one SQL transaction.

    A second caller waits for the first, then finds nothing to do. A failure leaves nothing behind.
    """
    with database.transaction() as connection:
        connection.run("select pg_advisory_xact_lock(:lock)", lock=_LOCK)
        connection.run(
            "create table if not exists schema_migrations"
            " (name text primary key, checksum text not null,"
            " run_at timestamptz not null default now())"
        )
        done = dict(connection.run("select name, checksum from schema_migrations"))
        todo = missing(known, done)
        for migration in todo:
            connection.run(migration.sql)
            connection.run(
                "insert into schema_migrations (name, checksum) values (:name, :checksum)",
                name=migration.name,
                checksum=migration.checksum,
            )
    return Migrated(run=tuple(migration.name for migration in todo), newer=newer(known, done))

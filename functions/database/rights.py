"""Who may do what in the database: the owner migrates, and nobody else owns anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from functions.database.database import Database

_WRITERS: Final = (
    "grant select, insert, update on transactions to {role}",
    "grant select, insert, update, delete on outbox to {role}",
    "grant select, insert on audit, ledger to {role}",
)
"""Records are only added to; the marks of what is unfinished come and go."""

_READERS: Final = ("grant select on transactions, outbox, audit, ledger to {role}",)

# Roles belong to the server, not to a database; only RDS knows the role that IAM logs in by.
_ROLE: Final = """
do $$ begin
  if not exists (select from pg_roles where rolname = '{name}') then
    create role {role} login;
  end if;
  if exists (select from pg_roles where rolname = 'rds_iam') then
    grant rds_iam to {role};
  end if;
end $$
"""


def grant_rights(database: Database, *, writers: Sequence[str], readers: Sequence[str]) -> None:
    """Make the roles that functions log in as, and let each do what it needs and nothing more.

    Safe to repeat, and repeated by every deployment: tables that a migration adds are covered.

    Args:
        database: As its owner.

        writers: The roles of functions that accept and carry out payments: small letters, digits
            and dashes.

        readers: The roles of functions that only look.

    """
    with database.transaction() as connection:
        for names, grants in ((writers, _WRITERS), (readers, _READERS)):
            for name in names:
                role = f'"{name}"'
                for statement in (_ROLE, *grants):
                    connection.run(statement.format(name=name, role=role))

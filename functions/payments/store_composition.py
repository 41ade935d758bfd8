"""How the transaction store and the database are put together, from what the settings name."""

# Imports are inside the functions: a platform pays at cold start only for the store it has.
# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from functions.configuration.database_settings import DatabaseSettings
from functions.domain.instant import utc_now
from functions.payments.client import client
from functions.payments.store_settings import StoreSettings
from functions.storage.transaction_store import TransactionStore

if TYPE_CHECKING:
    from functions.database.database import Database


@cache
def build_database(settings: DatabaseSettings) -> Database:
    """Return the one connection to the database of *settings*."""
    from functions.database.database import Database
    from functions.database.login import password_of

    return Database(settings=settings, password=password_of(settings))


def build_store(settings: StoreSettings) -> TransactionStore:
    """Return the store that *settings* name."""
    if settings.transactions_table is not None:
        from functions.storage.dynamodb_store import DynamoDBStore

        return DynamoDBStore(
            client=client("dynamodb"),
            transactions_table=settings.transactions_table,
            audit_table=settings.audit_table or settings.transactions_table,
            clock=utc_now,
        )
    from functions.storage.postgres_store import PostgresStore

    assert settings.database is not None  # noqa: S101 - StoreSettings sees to it
    return PostgresStore(database=build_database(settings.database), clock=utc_now)

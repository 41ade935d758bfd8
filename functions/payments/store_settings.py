"""Where transactions are kept."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.database_settings import DatabaseSettings
from functions.configuration.variable import (
    SettingsError,
    optional_section,
    optional_variable,
)


@frozen(kw_only=True)
class StoreSettings:
    """Where transactions are kept: in DynamoDB if the table is named, else in the database.

    Attributes:
        transactions_table: The DynamoDB table of transactions.

        audit_table: The DynamoDB table of audit records; the transactions table if not named.

        database: The PostgreSQL database, which also holds the ledger.

    """

    transactions_table: str | None = optional_variable("TRANSACTIONS_TABLE")
    audit_table: str | None = optional_variable("AUDIT_TABLE")
    database: DatabaseSettings | None = optional_section(
        DatabaseSettings, present_with="DATABASE_HOST"
    )

    def __attrs_post_init__(self) -> None:
        """Refuse settings without any store.

        Raises:
            SettingsError: If there is neither a table nor a database.

        """
        if self.transactions_table is None and self.database is None:
            raise SettingsError(["TRANSACTIONS_TABLE or DATABASE_HOST must be set, got neither"])

"""What the verification function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.database_settings import DatabaseSettings
from functions.configuration.variable import section, variable
from functions.payments.store_settings import StoreSettings


@frozen(kw_only=True)
class VerificationSettings:
    """Where the transactions and the ledger are.

    Attributes:
        environment: Where it runs, for the logs.

        store: Where transactions are kept.

        database: Where the ledger is.

    """

    environment: str = variable("ENVIRONMENT")
    store: StoreSettings = section(StoreSettings)
    database: DatabaseSettings = section(DatabaseSettings)

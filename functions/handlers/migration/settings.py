"""What the migration function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.database_settings import DatabaseSettings
from functions.configuration.variable import section, variable


@frozen(kw_only=True)
class MigrationSettings:
    """Which database to bring up to date.

    Attributes:
        environment: Where it runs, for the logs.

        database: The database.

    """

    environment: str = variable("ENVIRONMENT")
    database: DatabaseSettings = section(DatabaseSettings)

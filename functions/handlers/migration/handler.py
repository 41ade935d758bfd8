"""Bring the database schema up to date; invoked by every deploy, safe to invoke at any time."""

from __future__ import annotations

import os
from contextlib import closing
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit

from functions.configuration.variable import read_settings
from functions.database.database import Database
from functions.database.login import password_of
from functions.database.migrate import migrate, migrations_in
from functions.database.rights import grant_rights
from functions.handlers.migration.logic import summary
from functions.handlers.migration.settings import MigrationSettings
from functions.observability.telemetry import logger, metrics


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(_event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Run the migrations that the database lacks, and say who may do what."""
    settings = read_settings(MigrationSettings, os.environ)
    known = migrations_in()
    # A migration may take as long as the invocation does, and so may waiting for another one.
    database = Database(
        settings=settings.database,
        password=password_of(settings.database),
        timeout_seconds=context.get_remaining_time_in_millis() / 1000,
    )
    with closing(database):
        migrated = migrate(database, known)
        grant_rights(database, writers=settings.writers, readers=settings.readers)
    metrics.add_metric(name="MigrationsRun", unit=MetricUnit.Count, value=len(migrated.run))
    if migrated.newer:
        logger.warning("the schema is newer than this code", newer=list(migrated.newer))
    logger.info("schema is up to date", run=list(migrated.run))
    return summary(known, migrated.run)

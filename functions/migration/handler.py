"""Bring the database schema up to date; invoked by every deploy, safe to invoke at any time."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit

from functions.configuration.variable import read_settings
from functions.database.migrate import migrate, migrations_in
from functions.migration.logic import summary
from functions.migration.settings import MigrationSettings
from functions.observability.telemetry import logger, metrics, tracer
from functions.payments.store_composition import build_database


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(_event: dict[str, Any], _context: Any) -> dict[str, Any]:  # noqa: ANN401
    """Run the migrations that the database lacks."""
    settings = read_settings(MigrationSettings, os.environ)
    known = migrations_in()
    run = migrate(build_database(settings.database), known)
    metrics.add_metric(name="MigrationsRun", unit=MetricUnit.Count, value=len(run))
    logger.info("schema is up to date", run=list(run))
    return summary(known, run)

"""What is logged and counted of payments that could not be handed on."""

from __future__ import annotations

from aws_lambda_powertools.metrics import MetricUnit

from functions.observability.telemetry import logger, metrics


def report_not_handed_on(transaction_id: str, error: Exception) -> None:
    """Count it and say so; the payment stays due."""
    metrics.add_metric(name="PaymentsNotHandedOn", unit=MetricUnit.Count, value=1)
    logger.warning("not handed on; the relay will", transaction_id=transaction_id, exc_info=error)

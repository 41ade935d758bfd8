"""Accept payments, work on the payment queue, and relay what was left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.metrics import MetricUnit

from functions.api.proxy_api import ProxyApi
from functions.configuration.variable import read_settings
from functions.domain.transaction import Transaction
from functions.handlers.processing.logic import Trigger, trigger_of
from functions.handlers.processing.routes import Accept, add_payment_route
from functions.handlers.processing.settings import ProcessingSettings
from functions.handlers.processing.worker import Worker
from functions.handlers.status.routes import add_status_route
from functions.observability.telemetry import logger, metrics, tracer
from functions.payments.client import client
from functions.payments.composition import build_acceptance, build_progress


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> Any:
    """Handle a request, a batch of the payment queue, or the schedule's tick."""
    return _handlers()[trigger_of(event)](event, context)


@lru_cache(maxsize=1)
def _handlers() -> dict[Trigger, Callable[[dict[str, Any], Any], Any]]:
    settings = read_settings(ProcessingSettings, os.environ)
    progress = build_progress(settings.payments)
    acceptance = build_acceptance(settings.payments, progress=progress, report=_report)

    def accept_directly(*, context: Any, **request: Any) -> str:  # noqa: ARG001
        return acceptance.accept(**request)

    accept: Accept = accept_directly
    if settings.idempotency_table is not None:
        # Imported here: a platform without the table doesn't pay for it at cold start.
        from functions.payments.remembered_acceptance import (  # noqa: PLC0415
            RememberedAcceptance,
        )

        accept = RememberedAcceptance(
            acceptance=acceptance, table=settings.idempotency_table, client=client("dynamodb")
        ).accept

    def register(app: ApiGatewayResolver) -> None:
        add_payment_route(app, accept)
        add_status_route(app, progress.store)

    def relay(_event: dict[str, Any], _context: Any) -> dict[str, int]:
        relayed = acceptance.relay()
        metrics.add_metric(name="PaymentsRelayed", unit=MetricUnit.Count, value=relayed)
        return {"relayed": relayed}

    return {
        Trigger.REQUEST: ProxyApi.create(register).answer,
        Trigger.QUEUE: Worker(progress=progress, acceptance=acceptance).work,
        Trigger.SCHEDULE: relay,
    }


def _report(transaction: Transaction, error: Exception) -> None:
    metrics.add_metric(name="PaymentsNotHandedOn", unit=MetricUnit.Count, value=1)
    logger.warning(
        "accepted but not handed on; the relay will",
        transaction_id=transaction.transaction_id,
        exc_info=error,
    )

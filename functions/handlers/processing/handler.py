"""Accept payments, work on the payment queue, and relay what was left behind."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.proxy_api import ProxyApi
from functions.configuration.variable import read_settings
from functions.domain.instant import utc_now
from functions.handlers.processing.logic import Trigger, trigger_of
from functions.handlers.processing.routes import Accept, add_payment_route
from functions.handlers.processing.settings import ProcessingSettings
from functions.handlers.processing.sweep import Sweep
from functions.handlers.processing.worker import Worker
from functions.handlers.status.routes import add_status_route
from functions.observability.telemetry import logger, metrics
from functions.observability.tracing import tracer
from functions.payments.acceptance import Acceptance
from functions.payments.client import client
from functions.payments.composition import build_dispatch, build_progress, build_queue
from functions.payments.relay import Relay
from functions.payments.reporting import report_not_handed_on

Handler = Callable[[dict[str, Any], Any], Any]


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> Any:
    """Handle a request, a batch of the payment queue, or the schedule's tick."""
    return _handlers()[trigger_of(event)](event, context)


@lru_cache(maxsize=1)
def _handlers() -> dict[Trigger, Handler]:
    settings = read_settings(ProcessingSettings, os.environ)
    progress = build_progress(settings.payments)
    queue = build_queue(settings.payments)
    dispatch = build_dispatch(progress, queue)
    acceptance = Acceptance(
        store=progress.store, dispatch=dispatch, clock=utc_now, report=report_not_handed_on
    )
    relay = Relay(
        store=progress.store, dispatch=dispatch, clock=utc_now, report=report_not_handed_on
    )
    accept = _accept(settings, acceptance)

    def register(app: ApiGatewayResolver) -> None:
        add_payment_route(app, accept)
        add_status_route(app, progress.store)

    handlers: dict[Trigger, Handler] = {
        Trigger.REQUEST: ProxyApi.create(register).answer,
        Trigger.SCHEDULE: Sweep(relay=relay).sweep,
    }
    if queue is not None:
        worker = Worker(progress=progress, acceptance=acceptance, queue=queue)
        handlers[Trigger.QUEUE] = worker.work
    return handlers


def _accept(settings: ProcessingSettings, acceptance: Acceptance) -> Accept:
    if settings.idempotency_table is None:

        def accept(*, context: Any, **request: Any) -> str:  # noqa: ARG001
            return acceptance.accept(**request)

        return accept
    # Imported here: a platform without the table doesn't pay for it at cold start.
    from functions.payments.remembered_acceptance import RememberedAcceptance  # noqa: PLC0415

    return RememberedAcceptance(
        acceptance=acceptance, table=settings.idempotency_table, client=client("dynamodb")
    ).accept

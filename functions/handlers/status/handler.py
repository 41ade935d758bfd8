"""GET /status/{transaction_id}: where a transaction stands."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.proxy_api import ProxyApi
from functions.configuration.variable import read_settings
from functions.handlers.status.routes import add_status_route
from functions.handlers.status.settings import StatusSettings
from functions.observability.telemetry import logger, metrics
from functions.observability.tracing import tracer
from functions.payments.store_composition import build_store


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of API Gateway or a load balancer."""
    return _api().answer(event, context)


@lru_cache(maxsize=1)
def _api() -> ProxyApi:
    settings = read_settings(StatusSettings, os.environ)
    store = build_store(settings.store)

    def register(app: ApiGatewayResolver) -> None:
        add_status_route(app, store)

    return ProxyApi.create(register)

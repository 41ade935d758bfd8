"""POST /validate: every rule that a payment breaks, without accepting it."""

from __future__ import annotations

import os
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.problem import answer
from functions.api.proxy_api import ProxyApi, identify
from functions.api.request import read_json
from functions.configuration.variable import read_settings
from functions.handlers.validation.logic import verdict
from functions.handlers.validation.settings import ValidationSettings
from functions.observability.telemetry import logger, metrics


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of API Gateway or a load balancer."""
    return _api().answer(event, context)


@lru_cache(maxsize=1)
def _api() -> ProxyApi:
    read_settings(ValidationSettings, os.environ)
    return ProxyApi.create(_register)


def _register(app: ApiGatewayResolver) -> None:
    @app.post(".+")
    def validate() -> Response[str]:
        identify(app)
        return answer(HTTPStatus.OK, verdict(read_json(app.current_event)))

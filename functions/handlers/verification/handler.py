"""POST /verify-payment: a transaction's state, checked against the ledger."""

from __future__ import annotations

import os
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.caller import caller_of
from functions.api.problem import answer
from functions.api.proxy_api import ProxyApi, identify
from functions.api.request import read_json
from functions.configuration.variable import read_settings
from functions.handlers.status.logic import look_up
from functions.handlers.verification.logic import parse_request, verify
from functions.handlers.verification.settings import VerificationSettings
from functions.observability.telemetry import logger, metrics
from functions.observability.tracing import tracer
from functions.payments.store_composition import build_database, build_store
from functions.storage.postgres_ledger import PostgresLedger


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one request of API Gateway or a load balancer."""
    return _api().answer(event, context)


@lru_cache(maxsize=1)
def _api() -> ProxyApi:
    settings = read_settings(VerificationSettings, os.environ)
    store = build_store(settings.store)
    ledger = PostgresLedger(database=build_database(settings.database))

    def register(app: ApiGatewayResolver) -> None:
        @app.post(".+")
        def verify_payment() -> Response[str]:
            identify(app)
            event = app.current_event
            asked = parse_request(read_json(event))
            transaction = look_up(store, asked, caller=caller_of(event))
            # The transaction is read first: what is booked in between then counts as pending.
            entries = ledger.entries(transaction.transaction_id)
            history = store.history(transaction.transaction_id)
            return answer(HTTPStatus.OK, verify(transaction, history, entries))

    return ProxyApi.create(register)

"""The route that accepts payments."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.caller import caller_of
from functions.api.problem import answer
from functions.api.proxy_api import identify
from functions.api.request import header, read_json
from functions.domain.idempotency_key import parse_idempotency_key
from functions.domain.payment_form import parse_payment
from functions.domain.violation import Violation, ViolationsError
from functions.handlers.processing.logic import receipt

Accept = Callable[..., str]
"""Takes caller, key, payment, correlation_id and context; returns the transaction's id."""


def add_payment_route(app: ApiGatewayResolver, accept: Accept) -> None:
    """Answer POST on any path: which one is the platform's choice."""

    @app.post(".+")
    def post_payment() -> Response[str]:
        correlation_id = identify(app)
        event = app.current_event
        form = read_json(event)
        key, payment = _both(
            lambda: parse_idempotency_key(header(event, "Idempotency-Key")),
            lambda: parse_payment(form),
        )
        transaction_id = accept(
            caller=caller_of(event),
            key=key,
            payment=payment,
            correlation_id=correlation_id,
            context=app.lambda_context,
        )
        return answer(HTTPStatus.ACCEPTED, receipt(transaction_id))


def _both(*parts: Callable[[], Any]) -> list[Any]:
    """Return what all *parts* return, or raise the violations of all of them at once."""
    values: list[Any] = []
    violations: list[Violation] = []
    for part in parts:
        try:
            values.append(part())
        except ViolationsError as error:
            violations.extend(error.violations)
    if violations:
        raise ViolationsError(violations)
    return values

"""Routes behind API Gateway or a load balancer, whichever sent the event."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from attrs import frozen
from aws_lambda_powertools.event_handler import ALBResolver, APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.metrics import MetricUnit

from functions.api.problem import problem
from functions.api.request import BodyTooLargeError, MalformedBodyError, correlation_id_of
from functions.domain.violation import CardNumberError, ViolationsError
from functions.observability.telemetry import count_card_number, logger, metrics
from functions.payments.unknown_transaction import UnknownTransactionError
from functions.storage.transaction_store import KeyReusedError

Register = Callable[[ApiGatewayResolver], None]
"""Adds a function's routes."""


@frozen(kw_only=True, eq=False)
class ProxyApi:
    """The same routes for both kinds of event.

    Attributes:
        rest: Resolves events of an API Gateway REST API.

        load_balancer: Resolves events of an application load balancer.

    """

    rest: APIGatewayRestResolver
    load_balancer: ALBResolver

    @classmethod
    def create(cls, register: Register) -> ProxyApi:
        """Return the routes that *register* adds, with every error as a problem document."""
        api = cls(rest=APIGatewayRestResolver(), load_balancer=ALBResolver())
        for resolver in (api.rest, api.load_balancer):
            register(resolver)
            _answer_errors(resolver)
        return api

    def answer(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Return the response to *event*; its correlation id is in every log line and a header."""
        behind_balancer = "elb" in (event.get("requestContext") or {})
        resolver: ApiGatewayResolver = self.load_balancer if behind_balancer else self.rest
        response = resolver.resolve(_complete(event), context)
        _add_correlation_id(response)
        metrics.add_metric(
            name=f"Responses{response['statusCode'] // 100}xx", unit=MetricUnit.Count, value=1
        )
        return response


def identify(app: ApiGatewayResolver) -> str:
    """Return the correlation id of the current request, and put it in every log line from here."""
    found = correlation_id_of(app.current_event, app.lambda_context.aws_request_id)
    logger.set_correlation_id(found)
    return found


def _add_correlation_id(response: dict[str, Any]) -> None:
    found = logger.get_correlation_id()
    if found is None:  # No route was reached.
        return
    # API Gateway takes lists of values, a load balancer single ones.
    if "multiValueHeaders" in response:
        response["multiValueHeaders"]["X-Correlation-Id"] = [found]
    else:
        response.setdefault("headers", {})["X-Correlation-Id"] = found


def _complete(event: dict[str, Any]) -> dict[str, Any]:
    # API Gateway sends null where there are none, a test console may send nothing.
    return {
        **event,
        "headers": event.get("headers") or {},
        "queryStringParameters": event.get("queryStringParameters") or {},
    }


def _answer_errors(app: ApiGatewayResolver) -> None:
    @app.not_found
    def no_route(_: Exception) -> Response[str]:
        return problem(HTTPStatus.NOT_FOUND, name="no-such-route", detail="there is nothing here")

    @app.exception_handler(UnknownTransactionError)  # type: ignore[untyped-decorator]
    def unknown(_: UnknownTransactionError) -> Response[str]:
        return problem(
            HTTPStatus.NOT_FOUND, name="unknown-transaction", detail="there is no such transaction"
        )

    @app.exception_handler(MalformedBodyError)  # type: ignore[untyped-decorator]
    def malformed(error: MalformedBodyError) -> Response[str]:
        return problem(HTTPStatus.BAD_REQUEST, name="malformed-body", detail=str(error))

    @app.exception_handler(BodyTooLargeError)  # type: ignore[untyped-decorator]
    def too_large(error: BodyTooLargeError) -> Response[str]:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return problem(status, name="body-too-large", detail=str(error))

    @app.exception_handler(CardNumberError)  # type: ignore[untyped-decorator]
    def card_number(error: CardNumberError) -> Response[str]:
        logger.warning("request with a card number refused")
        count_card_number()
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return problem(status, name="card-number-refused", detail=str(error))

    @app.exception_handler(ViolationsError)  # type: ignore[untyped-decorator]
    def violations(error: ViolationsError) -> Response[str]:
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            name="rules-broken",
            detail=f"the request breaks {len(error.violations)} of the rules",
            violations=error.violations,
        )

    @app.exception_handler(KeyReusedError)  # type: ignore[untyped-decorator]
    def key_reused(error: KeyReusedError) -> Response[str]:
        return problem(HTTPStatus.CONFLICT, name="idempotency-key-reused", detail=str(error))

    @app.exception_handler(Exception)  # type: ignore[untyped-decorator]
    def unexpected(error: Exception) -> Response[str]:
        logger.exception("request failed", exc_info=error)
        return problem(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            name="request-failed",
            detail="something failed on our side; repeat the request with the same key",
        )

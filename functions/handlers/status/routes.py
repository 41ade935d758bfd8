"""The status route, also served by processing where a platform has no status function."""

from __future__ import annotations

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver

from functions.api.caller import caller_of
from functions.api.problem import answer
from functions.api.proxy_api import identify
from functions.api.request import screen
from functions.handlers.status.logic import describe, look_up
from functions.storage.transaction_store import TransactionStore


def add_status_route(app: ApiGatewayResolver, store: TransactionStore) -> None:
    """Answer GET on any path that ends with a transaction's id."""

    @app.get(".*/<transaction_id>")
    def status(transaction_id: str) -> Response[str]:
        identify(app)
        screen(app.current_event)
        transaction = look_up(store, transaction_id, caller=caller_of(app.current_event))
        history = store.history(transaction.transaction_id)
        return answer(HTTPStatus.OK, describe(transaction, history))

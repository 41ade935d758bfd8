"""Accept a payment with its answer remembered, so that a repeated request costs one read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import define, field
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import BaseError

from functions.domain.payment import Payment
from functions.payments.acceptance import Acceptance

_REMEMBERED_SECONDS: Final = 24 * 60 * 60


@define(kw_only=True, eq=False)
class RememberedAcceptance:
    """Acceptance behind the idempotency table.

    The table only saves work: it may remember a request under way that the store will refuse. What
    a key stands for is the store's to say, so whatever the table objects to goes straight to it.

    Attributes:
        acceptance: Does the work.

        table: The idempotency table.

        client: A boto3 DynamoDB client.

    """

    acceptance: Acceptance
    table: str
    client: Any
    _config: IdempotencyConfig = field(init=False)
    _remembered: Callable[..., dict[str, str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Wrap the work once: the wrapper is costly to make."""
        self._config = IdempotencyConfig(
            event_key_jmespath="key",
            payload_validation_jmespath="fingerprint",
            raise_on_no_idempotency_key=True,
            expires_after_seconds=_REMEMBERED_SECONDS,
            hash_function="sha256",
        )
        self._remembered = idempotent_function(
            self._accept,
            data_keyword_argument="request",
            persistence_store=DynamoDBPersistenceLayer(
                table_name=self.table, boto3_client=self.client
            ),
            config=self._config,
            key_prefix="accept",
        )

    def accept(
        self, *, caller: str, key: str, payment: Payment, correlation_id: str, context: Any
    ) -> str:
        """Do what Acceptance.accept does; *context* tells how long this invocation may last."""
        self._config.register_lambda_context(context)
        try:
            return self._remembered(
                request={"key": [caller, key], "fingerprint": payment.fingerprint},
                payment=payment,
                correlation_id=correlation_id,
            )["transaction_id"]
        except BaseError:
            return self.acceptance.accept(
                caller=caller, key=key, payment=payment, correlation_id=correlation_id
            )

    def _accept(
        self, *, request: dict[str, Any], payment: Payment, correlation_id: str
    ) -> dict[str, str]:
        caller, key = request["key"]
        transaction_id = self.acceptance.accept(
            caller=caller, key=key, payment=payment, correlation_id=correlation_id
        )
        return {"transaction_id": transaction_id}

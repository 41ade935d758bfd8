"""A payment gateway for trying things out: the token decides what happens, always the same way."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from functions.domain.money import Money
from functions.gateway.payment_gateway import (
    Approval,
    Decline,
    GatewayRefusalError,
    GatewayTimeoutError,
)

_FAILURES_BEFORE_APPROVAL: Final = 2


@frozen
class SandboxGateway:
    """The token's beginning says what happens; what follows it does not matter.

    ``tok_approve`` is approved, ``tok_decline`` declined, ``tok_timeout`` never answered,
    ``tok_fail_twice`` answered from the third attempt on, ``tok_refuse`` refused for good,
    ``tok_capture_refuse`` approved and then never captured. Any other token is declined.
    """

    def authorize(
        self,
        *,
        transaction_id: str,
        money: Money,  # noqa: ARG002 - the sandbox pays any amount
        payment_method: str,
        attempt: int,
    ) -> Approval | Decline:
        """See PaymentGateway."""
        if payment_method.startswith("tok_timeout"):
            raise GatewayTimeoutError("sandbox: no answer")
        if payment_method.startswith("tok_fail_twice") and attempt <= _FAILURES_BEFORE_APPROVAL:
            raise GatewayTimeoutError(f"sandbox: no answer to attempt {attempt}")
        if payment_method.startswith("tok_refuse"):
            raise GatewayRefusalError("token_revoked")
        if payment_method.startswith("tok_decline"):
            return Decline(reason="insufficient_funds")
        if payment_method.startswith(("tok_approve", "tok_fail_twice", "tok_capture_refuse")):
            suffix = "-expired" if payment_method.startswith("tok_capture_refuse") else ""
            return Approval(reference=f"sandbox-{transaction_id}{suffix}")
        return Decline(reason="unknown_token")

    def capture(
        self,
        *,
        transaction_id: str,  # noqa: ARG002 - the sandbox remembers nothing
        money: Money,  # noqa: ARG002 - as above
        reference: str,
    ) -> None:
        """See PaymentGateway."""
        if reference.endswith("-expired"):
            raise GatewayRefusalError("authorization_expired")

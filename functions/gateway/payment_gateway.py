"""What every payment gateway does, and how it fails."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from functions.domain.money import Money


class GatewayTimeoutError(RuntimeError):
    """The gateway gave no answer: what it did is unknown, asking again is safe."""


class GatewayRefusalError(RuntimeError):
    """The gateway can never carry this out; its message is the reason."""


@frozen(kw_only=True)
class Approval:
    """The payer's bank will pay.

    Attributes:
        reference: The gateway's name for the authorization.

    """

    reference: str


@frozen(kw_only=True)
class Decline:
    """The payer's bank will not pay.

    Attributes:
        reason: Why, as a short code.

    """

    reason: str


class PaymentGateway(Protocol):
    """Moves the payer's money.

    Every call names its transaction, and the gateway carries each kind of call out at most once
    per transaction: repeating one after a timeout or a crash gives the first one's answer.
    """

    def authorize(
        self, *, transaction_id: str, money: Money, payment_method: str, attempt: int
    ) -> Approval | Decline:
        """Ask the payer's bank for *money*; *attempt* counts the calls of the transaction from 1.

        Raises:
            GatewayTimeoutError: If there is no answer.

            GatewayRefusalError: If there never will be one.

        """

    def capture(self, *, transaction_id: str, money: Money, reference: str) -> None:
        """Take the money that authorize() was granted under *reference*.

        Raises:
            GatewayTimeoutError: If there is no answer.

            GatewayRefusalError: If there never will be one.

        """

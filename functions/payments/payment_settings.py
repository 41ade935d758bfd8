"""What every function that accepts or carries out payments has in common."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.variable import optional_variable, section, variable
from functions.gateway.choice import GATEWAY_RULE, gateway_named
from functions.gateway.payment_gateway import PaymentGateway
from functions.payments.store_settings import StoreSettings


@frozen(kw_only=True)
class PaymentSettings:
    """Everything that accepting and carrying out payments touches.

    Attributes:
        store: Where transactions are kept.

        payment_queue_url: The queue of work; without one payments are worked on at once.

        event_topic_arn: Where outcomes are published; without one they are not.

        audit_bucket: Where audit records end up; without one they stay in the store.

        gateway: Moves the money.

    """

    store: StoreSettings = section(StoreSettings)
    payment_queue_url: str | None = optional_variable("PAYMENT_QUEUE_URL")
    event_topic_arn: str | None = optional_variable("EVENT_TOPIC_ARN")
    audit_bucket: str | None = optional_variable("AUDIT_BUCKET")
    gateway: PaymentGateway = variable("PAYMENT_GATEWAY", read=gateway_named, must=GATEWAY_RULE)

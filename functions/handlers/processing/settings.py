"""What the processing function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.variable import optional_variable, section, variable
from functions.payments.payment_settings import PaymentSettings


@frozen(kw_only=True)
class ProcessingSettings:
    """Everything that processing touches.

    Attributes:
        environment: Where it runs, for the logs.

        payments: The store, the queue and what outcomes bring about.

        idempotency_table: Remembers answers; without one every repeat asks the store.

    """

    environment: str = variable("ENVIRONMENT")
    payments: PaymentSettings = section(PaymentSettings)
    idempotency_table: str | None = optional_variable("IDEMPOTENCY_TABLE")

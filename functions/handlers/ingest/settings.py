"""What the ingest function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.variable import optional_variable, variable


@frozen(kw_only=True)
class IngestSettings:
    """Where files come from and payments go to.

    Attributes:
        environment: Where it runs, for the logs.

        inbound_bucket: The only bucket whose files are taken.

        payment_queue_url: Where payments are queued; without one they are accepted directly,
            with the settings that processing has.

    """

    environment: str = variable("ENVIRONMENT")
    inbound_bucket: str = variable("INBOUND_BUCKET")
    payment_queue_url: str | None = optional_variable("PAYMENT_QUEUE_URL")

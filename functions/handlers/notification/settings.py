"""What the notification function is told."""

from __future__ import annotations

from urllib.parse import urlsplit

from attrs import frozen

from functions.configuration.variable import variable


def _webhook_url(text: str) -> str:
    parts = urlsplit(text)
    plain_allowed = parts.hostname in {"127.0.0.1", "localhost"}
    if not parts.hostname or parts.scheme not in (
        {"https", "http"} if plain_allowed else {"https"}
    ):
        raise ValueError
    return text


@frozen(kw_only=True)
class NotificationSettings:
    """Who is told about payment events.

    Attributes:
        environment: Where it runs, for the logs.

        webhook_url: Where events are posted, over TLS.

        webhook_secret_parameter: The name of the Parameter Store parameter with the signing
            secret: base64 of 24 to 64 bytes, with or without "whsec_" before it.

    """

    environment: str = variable("ENVIRONMENT")
    webhook_url: str = variable("WEBHOOK_URL", read=_webhook_url, must="be an https address")
    webhook_secret_parameter: str = variable("WEBHOOK_SECRET_PARAMETER")

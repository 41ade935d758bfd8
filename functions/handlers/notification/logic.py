"""What is sent to a webhook, and how the receiver can tell that it is from us."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen


class UnreadableEventError(ValueError):
    """An SNS record that holds no payment event."""


@frozen(kw_only=True)
class Webhook:
    """A signed message, as the Standard Webhooks specification has it.

    Attributes:
        event_id: Names the event; the same one for every repeat, so that receivers can tell.

        body: The event as JSON.

        timestamp_seconds: When it is sent, in seconds since 1970.

        signature: Proves that id, time and body are ours.

    """

    event_id: str
    body: str
    timestamp_seconds: int
    signature: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What goes into the head of the request."""
        return {
            "Content-Type": "application/json",
            "User-Agent": "payments-notification/1",
            "webhook-id": self.event_id,
            "webhook-timestamp": str(self.timestamp_seconds),
            "webhook-signature": self.signature,
        }


def event_in(record: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id and the body of the payment event in *record*, one of an SNS event.

    Raises:
        UnreadableEventError: If there is none.

    """
    try:
        body = record["Sns"]["Message"]
        return str(json.loads(body)["event_id"]), str(body)
    except (KeyError, TypeError, ValueError):
        raise UnreadableEventError("the record must hold a payment event") from None


def read_secret(text: str) -> bytes:
    """Return the signing key that *text* encodes.

    Raises:
        ValueError: If it is not base64 of 24 to 64 bytes; the message does not repeat it.

    """
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if not 24 <= len(key) <= 64:  # noqa: PLR2004 - the specification's limits
        raise ValueError("the webhook secret must be base64 of 24 to 64 bytes")
    return key


def sign(*, event_id: str, body: str, key: bytes, timestamp_seconds: int) -> Webhook:
    """Return the webhook for one event, signed with *key* by HMAC-SHA256."""
    signed = f"{event_id}.{timestamp_seconds}.{body}".encode()
    digest = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return Webhook(
        event_id=event_id,
        body=body,
        timestamp_seconds=timestamp_seconds,
        signature=f"v1,{digest}",
    )

"""What a request says, once it is known to be safe to look at."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from functions.domain.card_number import contains_card_number
from functions.domain.violation import CardNumberError

MAXIMUM_BODY_CHARACTERS: Final = 16_384
_MAXIMUM_DEPTH: Final = 32
_CORRELATION_ID: Final = re.compile(r"[A-Za-z0-9._:=;-]{1,128}")


class MalformedBodyError(ValueError):
    """The body is not JSON."""


class BodyTooLargeError(ValueError):
    """The body is longer than any request needs to be."""


def read_json(event: BaseProxyEvent) -> Any:
    """Return the decoded body.

    Raises:
        CardNumberError: If the body, the path or the query holds a card number.

        BodyTooLargeError: If the body has more than 16,384 characters.

        MalformedBodyError: If it is not JSON, or nested deeper than any request.

    """
    screen_address(event)
    try:
        text = event.decoded_body or ""
    except ValueError:  # It claims to be base64, or text, and is not.
        raise MalformedBodyError("the body must be UTF-8 text") from None
    if len(text) > MAXIMUM_BODY_CHARACTERS:
        raise BodyTooLargeError(f"the body must have at most {MAXIMUM_BODY_CHARACTERS} characters")
    if contains_card_number(text):
        raise CardNumberError
    if text.count("[") + text.count("{") > _MAXIMUM_DEPTH:
        raise MalformedBodyError("the body must be a flat JSON object")
    try:
        return json.loads(text)
    except ValueError:
        raise MalformedBodyError("the body must be a JSON object") from None


def screen_address(event: BaseProxyEvent) -> None:
    """Look at the path and the query.

    Raises:
        CardNumberError: If either holds a card number.

    """
    query = event.resolved_query_string_parameters
    parts = [event.path, *query, *(value for values in query.values() for value in values)]
    if any(contains_card_number(part) for part in parts):
        raise CardNumberError


def header(event: BaseProxyEvent, name: str) -> str | None:
    """Return a header, whatever the case of its name and the shape of the event."""
    value = event.headers.get(name)
    if value is None:
        values = event.raw_event.get("multiValueHeaders") or {}
        found = [listed for key, listed in values.items() if key.lower() == name.lower() and listed]
        value = found[0][0] if found else None
    return value


def correlation_id_of(event: BaseProxyEvent, fallback: str) -> str:
    """Return what the caller, or else API Gateway or the load balancer, calls this request."""
    context = event.raw_event.get("requestContext") or {}
    candidates = (
        header(event, "X-Correlation-Id"),
        context.get("requestId"),
        header(event, "X-Amzn-Trace-Id"),
    )
    for candidate in candidates:
        if (
            isinstance(candidate, str)
            and _CORRELATION_ID.fullmatch(candidate)
            and not contains_card_number(candidate)
        ):
            return candidate
    return fallback

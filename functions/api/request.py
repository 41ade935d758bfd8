"""What a request says, once it is known to be safe to look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote_plus

from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from functions.domain.accepted_text import CORRELATION_ID
from functions.domain.card_number import contains_card_number, holds_card_number
from functions.domain.strict_json import parse_json
from functions.domain.violation import CardNumberError

MAXIMUM_BODY_CHARACTERS: Final = 16_384
_MAXIMUM_DEPTH: Final = 32
_NOT_SCREENED: Final = (
    "authorization",
    "cloudfront-",
    "cookie",
    "forwarded",
    "via",
    "x-amz",
    "x-api-key",
    "x-forwarded-",
)
"""How names of headers begin that proxies and signatures fill; nothing of them is kept."""


class MalformedBodyError(ValueError):
    """The body is not JSON."""


class BodyTooLargeError(ValueError):
    """The body is longer than any request needs to be."""


def read_json(event: BaseProxyEvent) -> Any:
    """Return the decoded body.

    Raises:
        CardNumberError: If the body, the path, the query or a header holds a card number.

        BodyTooLargeError: If the body has more than 16,384 characters.

        MalformedBodyError: If it is not JSON, says something twice, or is nested deeper than any
            request.

    """
    screen(event)
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
        content = parse_json(text)
    except ValueError:
        raise MalformedBodyError("the body must be a JSON object, each name once") from None
    if holds_card_number(content):
        raise CardNumberError
    return content


def screen(event: BaseProxyEvent) -> None:
    """Look at the path, the query and the headers, as they are and decoded.

    Raises:
        CardNumberError: If any of them holds a card number.

    """
    for part in _head(event):
        if contains_card_number(part) or contains_card_number(unquote_plus(part)):
            raise CardNumberError


def _head(event: BaseProxyEvent) -> Iterator[str]:
    yield event.path
    for name, values in event.resolved_query_string_parameters.items():
        yield from (name, *values)
    listed = event.raw_event.get("multiValueHeaders") or {}
    for name, value in (event.raw_event.get("headers") or {}).items():
        if not name.lower().startswith(_NOT_SCREENED):
            yield from (name, str(value))
    for name, values in listed.items():
        if not name.lower().startswith(_NOT_SCREENED):
            yield from (name, *map(str, values))


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
        with suppress(CardNumberError):
            if CORRELATION_ID.accepts(candidate):
                return str(candidate)
    return fallback

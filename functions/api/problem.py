"""Errors as RFC 9457 problem documents; none of them repeats what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from functions.domain.violation import Violation


def problem(
    status: HTTPStatus, *, name: str, detail: str, violations: Iterable[Violation] = ()
) -> Response[str]:
    """Return a problem document.

    Args:
        status: The HTTP status.

        name: Names the kind of problem, for programs.

        detail: What is wrong this time, for people.

        violations: Every rule that is broken.

    """
    content: dict[str, Any] = {
        "type": f"urn:problem:payments:{name}",
        "title": name.replace("-", " ").capitalize(),
        "status": status.value,
        "detail": detail,
    }
    errors = [{"pointer": f"#{one.pointer}", "detail": one.detail} for one in violations]
    if errors:
        content["errors"] = errors
    return Response(status.value, content_type="application/problem+json", body=json.dumps(content))


def answer(status: HTTPStatus, content: dict[str, Any]) -> Response[str]:
    """Return *content* as JSON."""
    return Response(status.value, content_type="application/json", body=json.dumps(content))

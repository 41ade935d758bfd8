"""JSON in which everything is said once: two readers of a text can't see two payments in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any


class AmbiguousJsonError(ValueError):
    """An object says the same name twice, or holds a number that JSON does not have."""


def parse_json(text: str) -> Any:
    """Return what *text* says.

    Raises:
        ValueError: If it is not JSON; AmbiguousJsonError if readers could differ about it.

    """
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # Which one is not repeated: it may be a card number.
        raise AmbiguousJsonError("an object must not have the same name twice")
    return found


def _refuse(constant: str) -> None:
    raise AmbiguousJsonError(f"{constant} is no number of JSON")

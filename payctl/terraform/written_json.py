"""Finds the JSON document in what Terraform wrote; warnings may stand before and after it."""

import json
from typing import Any


def document_in(text: str) -> dict[str, Any] | None:
    """Return the object that begins a line of *text* and is followed by none; None without one.

    Terraform 1.15 writes the deprecation of a backend's argument to stdout, before the JSON.
    """
    decoder = json.JSONDecoder()
    start = 0
    for line in text.splitlines(keepends=True):
        if line.startswith("{"):
            try:
                found, _ = decoder.raw_decode(text, start)
            except ValueError:
                pass
            else:
                return found if isinstance(found, dict) else None
        start += len(line)
    return None

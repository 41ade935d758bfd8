"""Puts the values of locals into the body of a stack."""

from collections.abc import Mapping
from typing import Any

from audit.expression import expanded


def resolved_body(body: Mapping[str, Any], locals_: Mapping[str, Any]) -> dict[str, Any]:
    """Return *body* with the values of *locals_* wherever an expression needs nothing else.

    What refers to resources, variables or `count.index` stays as it is.
    """
    resolved: dict[str, Any] = expanded(dict(body), locals_)
    return resolved

"""Values that are the same in every environment, declared with their rule."""

from __future__ import annotations

from typing import Any

from attrs import field

from model.constraint import Constraint, every, text


def literal(constraint: Constraint, **options: Any) -> Any:
    """Declare a value that is the same everywhere."""
    return field(validator=constraint, metadata={"constraint": constraint}, **options)


def name(**options: Any) -> Any:
    """Declare the name of a part, which becomes a piece of resource names."""
    return literal(text(r"[a-z][a-z0-9-]{1,19}", "a lower-case name of 2–20 letters"), **options)


def names(**options: Any) -> Any:
    """Declare which other parts, by name, a part works with; none by default."""
    known = text(r"[a-z][a-z0-9-]{1,19}", "the name of a part")
    return literal(every(known), default=(), **options)

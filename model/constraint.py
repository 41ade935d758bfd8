"""What a value must be: constraints that say so in one phrase, for errors and documents alike."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from attrs import Attribute, frozen

from model.unset import UNSET


@frozen
class Constraint:
    """A constraint on one value; an attrs validator.

    Attributes:
        text: What a value must be, as the end of the sentence "must be …".

        holds: Whether a value, of whatever type, is that.
    """

    text: str
    holds: Callable[[Any], bool]

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        """Raise ValueError with the field, the constraint and the value, unless it is unset."""
        del instance
        if value is not UNSET and not self.holds(value):
            raise ValueError(f"{attribute.name} must be {self.text}, got {value!r}")


def is_whole(value: object) -> bool:
    """Tell whether *value* is an int; True and 1.0 are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(at_least: int, at_most: int, unit: str = "") -> Constraint:
    """Require a whole number in a range, both ends included."""
    text = f"{at_least}–{at_most} {unit}".rstrip()
    return Constraint(text, lambda value: is_whole(value) and at_least <= value <= at_most)


def one_of(values: Iterable[object]) -> Constraint:
    """Require one of *values*, of the same type."""
    allowed = tuple(values)
    text = "one of " + ", ".join(str(value) for value in allowed)
    return Constraint(
        text, lambda value: any(value == a and type(value) is type(a) for a in allowed)
    )


def member(enum: type[Enum]) -> Constraint:
    """Require a member of *enum*."""
    text = "one of " + ", ".join(str(choice) for choice in enum)
    return Constraint(text, lambda value: isinstance(value, enum))


def text(pattern: str, meaning: str) -> Constraint:
    """Require ASCII that matches *pattern* as a whole; *meaning* is the phrase for people.

    AWS takes no digits and no letters of other scripts, though Python's patterns match them.
    """
    form = re.compile(pattern, re.ASCII)

    def holds(value: object) -> bool:
        return isinstance(value, str) and value.isascii() and form.fullmatch(value) is not None

    return Constraint(meaning, holds)


def flag() -> Constraint:
    """Require True or False."""
    return Constraint("True or False", lambda value: isinstance(value, bool))


def every(constraint: Constraint, *, at_least: int = 0, distinct: bool = True) -> Constraint:
    """Require a tuple whose items each fulfil *constraint*, and are *distinct*."""
    kind = "distinct values" if distinct else "values"
    count = f"{at_least} or more, " if at_least else ""
    return Constraint(
        f"a tuple of {kind}, {count}each {constraint.text}",
        lambda value: (
            isinstance(value, tuple)
            and len(value) >= at_least
            and all(constraint.holds(item) for item in value)
            and (not distinct or len(set(value)) == len(value))
        ),
    )


def private_cidr(shortest_prefix: int, longest_prefix: int) -> Constraint:
    """Require an IPv4 network of RFC 1918 with a prefix length in a range."""

    def holds(value: object) -> bool:
        try:
            network = ipaddress.IPv4Network(value)  # It refuses what is no CIDR.
        except (ValueError, TypeError):
            return False
        return (
            isinstance(value, str)
            and network.is_private
            and shortest_prefix <= network.prefixlen <= longest_prefix
        )

    return Constraint(
        f"a private IPv4 CIDR from /{shortest_prefix} to /{longest_prefix}, host bits zero", holds
    )

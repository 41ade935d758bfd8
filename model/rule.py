"""What a value must be: rules that say so in one phrase, for errors and documents alike."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

from attrs import Attribute, frozen

from model.variation import UNSET


@frozen
class Rule:
    """A rule for one value; an attrs validator.

    Attributes:
        text: What a value must be, as the end of the sentence "must be …".

        holds: Whether a value, of whatever type, is that.
    """

    text: str
    holds: Callable[[Any], bool]

    def __call__(self, instance: object, attribute: Attribute[Any], value: object) -> None:
        """Raise ValueError with the field, the rule and the value, unless the value is unset."""
        del instance
        if value is not UNSET and not self.holds(value):
            raise ValueError(f"{attribute.name} must be {self.text}, got {value!r}")


def is_whole(value: object) -> bool:
    """Tell whether *value* is an int; True and 1.0 are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(at_least: int, at_most: int, unit: str = "") -> Rule:
    """Require a whole number in a range, both ends included."""
    text = f"{at_least}–{at_most} {unit}".rstrip()
    return Rule(text, lambda value: is_whole(value) and at_least <= value <= at_most)


def one_of(values: Iterable[object]) -> Rule:
    """Require one of *values*, of the same type."""
    allowed = tuple(values)
    text = "one of " + ", ".join(str(value) for value in allowed)
    return Rule(text, lambda value: any(value == a and type(value) is type(a) for a in allowed))


def member(enum: type[Enum]) -> Rule:
    """Require a member of *enum*."""
    text = "one of " + ", ".join(str(choice) for choice in enum)
    return Rule(text, lambda value: isinstance(value, enum))


def text(pattern: str, meaning: str) -> Rule:
    """Require a string that matches *pattern* as a whole; *meaning* is the phrase for people."""
    return Rule(
        meaning, lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))
    )


def flag() -> Rule:
    """Require True or False."""
    return Rule("True or False", lambda value: isinstance(value, bool))


def every(rule: Rule, *, at_least: int = 0, distinct: bool = True) -> Rule:
    """Require a tuple whose items each fulfil *rule*, and are *distinct*."""
    kind = "distinct values" if distinct else "values"
    count = f"{at_least} or more, " if at_least else ""
    return Rule(
        f"a tuple of {kind}, {count}each {rule.text}",
        lambda value: (
            isinstance(value, tuple)
            and len(value) >= at_least
            and all(rule.holds(item) for item in value)
            and (not distinct or len(set(value)) == len(value))
        ),
    )


def private_cidr(shortest_prefix: int, longest_prefix: int) -> Rule:
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

    return Rule(
        f"a private IPv4 CIDR from /{shortest_prefix} to /{longest_prefix}, host bits zero", holds
    )

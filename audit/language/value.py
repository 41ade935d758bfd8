"""Converts and compares values as Terraform does."""

import math
from fractions import Fraction
from typing import Any

from audit.language.number import NumberError, number, plain, written


class UnresolvedError(Exception):
    """The expression needs more than locals, or its value is not certain; Terraform will know."""


def is_primitive(value: object) -> bool:
    """Tell whether *value* is text, a number, a bool or null."""
    return value is None or isinstance(value, str | bool | Fraction)


def from_json(value: Any) -> Any:
    """Return *value* with fractions for its numbers."""
    if isinstance(value, dict):
        return {key: from_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [from_json(below) for below in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise UnresolvedError("a number without end")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(repr(value))
    return value


def to_json(value: Any) -> Any:
    """Return *value* with the numbers of JSON."""
    if isinstance(value, dict):
        return {key: to_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [to_json(below) for below in value]
    if isinstance(value, Fraction):
        try:
            return plain(value)
        except NumberError as error:
            raise UnresolvedError(str(error)) from error
    return value


def as_text(value: Any) -> str:
    """Return *value* as it is written inside text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        try:
            return written(value)
        except NumberError as error:
            raise UnresolvedError(str(error)) from error
    raise UnresolvedError("null, a list or a map in text")


def as_number(value: Any) -> Fraction:
    """Return *value* as a number; text that is one too."""
    if isinstance(value, Fraction):
        return value
    try:
        if isinstance(value, str) and value.isascii() and value.strip() == value:
            return number(value)
    except NumberError as error:
        raise UnresolvedError(f"{value!r} as a number") from error
    raise UnresolvedError(f"{value!r} as a number")


def as_bool(value: Any) -> bool:
    """Return *value* as a bool; the texts "true" and "false" too."""
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return bool(value == "true")
    raise UnresolvedError(f"{value!r} as a bool")


def as_index(value: Any) -> int:
    """Return *value* as a whole number of 0 or more."""
    index = as_number(value)
    if index.denominator != 1 or index < 0:
        raise UnresolvedError(f"{value!r} as an index")
    return index.numerator


def equal(one: Any, other: Any) -> bool:
    """Tell whether two primitive values are equal; those of different types never are."""
    if not (is_primitive(one) and is_primitive(other)):
        raise UnresolvedError("lists and maps compared: their types decide")
    return type(one) is type(other) and bool(one == other)


def unified(value: Any, other: Any) -> Any:
    """Return *value*, converted to the type that it has in common with *other*."""
    if value is None or other is None:
        if isinstance(value, list | dict):
            return value
        return value
    if is_primitive(value) and is_primitive(other):
        if type(value) is type(other):
            return value
        if isinstance(value, str) or isinstance(other, str):
            return as_text(value)
    elif isinstance(value, list) and isinstance(other, list):
        kinds = {type(item) for item in (*value, *other)}
        if len(kinds) <= 1 and all(is_primitive(item) and item is not None for item in value):
            return value
    raise UnresolvedError("branches of different types")

"""Tells whether a text contains what could be a payment card number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_SHORTEST: Final = 13
_LONGEST: Final = 19
_UUID: Final = re.compile(
    r"(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z])",
    re.IGNORECASE,
)
_SEPARATOR: Final = r"[\s\-\u2010-\u2015]{1,2}"
_RUN: Final = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*")
_GROUP: Final = re.compile(r"\d+")


def contains_card_number(text: str) -> bool:
    """Tell whether *text* holds 13 to 19 digits that pass the Luhn check.

    Digits may be grouped by spaces or dashes, and may have any script's shape. Groups are tried in
    every combination of neighbours, so a date or amount beside the number does not hide it.
    UUIDs are skipped: about three in a thousand random ones would be refused for nothing.
    """
    plain = _UUID.sub(" | ", unicodedata.normalize("NFKC", text))
    return any(_passes_luhn(digits) for digits in _candidates(plain))


def holds_card_number(value: object) -> bool:
    """Tell whether any string or number within *value*, decoded JSON, holds a card number."""
    if isinstance(value, Mapping):
        return any(holds_card_number(part) for pair in value.items() for part in pair)
    if isinstance(value, str):
        return contains_card_number(value)
    if isinstance(value, Sequence):
        return any(holds_card_number(part) for part in value)
    return contains_card_number(str(value))


def _candidates(text: str) -> Iterator[list[int]]:
    for run in _RUN.finditer(text):
        groups = [[int(digit) for digit in group] for group in _GROUP.findall(run.group())]
        for group in groups:
            if len(group) > _LONGEST:
                yield from _windows(group)
        for first in range(len(groups)):
            digits: list[int] = []
            for group in groups[first:]:
                digits = digits + group
                if len(digits) > _LONGEST:
                    break
                if len(digits) >= _SHORTEST:
                    yield digits


def _windows(digits: list[int]) -> Iterator[list[int]]:
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(digits) - length + 1):
            yield digits[start : start + length]


def _passes_luhn(digits: list[int]) -> bool:
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]  # noqa: PLR2004
    return any(digits) and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0

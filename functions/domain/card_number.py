"""Tells whether a text contains what could be a payment card number, however it is spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_SHORTEST: Final = 13
_LONGEST: Final = 19

_ISSUERS: Final = tuple(
    (re.compile(prefix), frozenset(lengths))
    for prefix, lengths in (
        (r"4", (13, 16, 19)),  # Visa
        (r"5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720", (16,)),  # Mastercard
        (r"3[47]", (15,)),  # American Express
        (r"30[0-5]|3095|3[689]", (14, 16)),  # Diners Club
        (r"352[89]|35[3-8]", (16, 19)),  # JCB
        (r"60|62|63[67]|64[4-9]|65", (16, 19)),  # Discover, UnionPay, RuPay, Elo, Hipercard, Verve
        (r"5018|5020|5038|56|57|58|6304|6759|676[1-3]", (13, 14, 15, 16, 18, 19)),  # Maestro
        (r"50[68]|220[0-5]", (16, 19)),  # Elo, RuPay, Verve, Mir
        (r"8[12]|8600|9792|9860", (16,)),  # RuPay, UzCard, Troy, Humo
    )
)
"""Issuer identification numbers and the lengths of their card numbers, by ISO/IEC 7812."""

_FREQUENT: Final = re.compile(r"4|5[1-5]|3[47]|6011|62|64[4-9]|65")
"""Issuers that are looked for even in the midst of other digits."""

_RUN: Final = re.compile(r"\d+(?:[\W_]{1,8}\d+)*")
_GROUP: Final = re.compile(r"\d+")
_LETTERED: Final = re.compile(
    r"(?<!\d)(?=(\d{4}\D{1,3}(?:\d{4}\D{1,3}\d{4}\D{1,3}\d{4}|\d{6}\D{1,3}\d{4,5}))(?!\d))"
)
_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([./-])(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|[12]\d|3[01]))?"
    r"|(?:0[1-9]|[12]\d|3[01])([./-])(?:0[1-9]|1[0-2])\2(?:19|20)\d\d)(?!\d)"
)
"""Dates as people write them; beside a customer's number they look like the end of a card's."""

_MACHINE_MADE: Final = re.compile(
    r"(?<![^\W_])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|[0-9a-f]{24})(?![^\W_])",
    re.IGNORECASE,
)
"""UUIDs and hexadecimal digests: three in a thousand random ones hold a card number by chance."""


def contains_card_number(text: str) -> bool:
    """Tell whether *text* holds 13 to 19 digits of a known issuer that pass the Luhn check.

    Anything but letters may stand between the digits, and digits may have any script's shape.
    Groups of digits are tried in every combination of neighbours, so a date, a security code or
    another digit beside the number does not hide it. Where digits belong to no known issuer they
    are no card number: dates and counters would pass the check once in ten times. The cost grows
    with the length of the text, no faster.
    """
    plain = unicodedata.normalize("NFKC", text)
    if sum(map(str.isdecimal, plain)) < _SHORTEST:
        return False
    found: list[str] = []
    plain = _MACHINE_MADE.sub(lambda match: _mask(match.group(), found), plain)
    plain = _DATE.sub("x", plain)
    found.extend("".join(_GROUP.findall(match.group(1))) for match in _LETTERED.finditer(plain))
    if any(_is_card(_ascii(digits)) for digits in found):
        return True
    return any(
        _holds([_ascii(group) for group in _GROUP.findall(run.group())])
        for run in _RUN.finditer(plain)
    )


def holds_card_number(value: object) -> bool:
    """Tell whether any string or number within *value*, decoded JSON, holds a card number."""
    if isinstance(value, Mapping):
        return any(holds_card_number(part) for pair in value.items() for part in pair)
    if isinstance(value, str):
        return contains_card_number(value)
    if isinstance(value, Sequence):
        return any(holds_card_number(part) for part in value)
    return contains_card_number(str(value))


def _mask(identifier: str, found: list[str]) -> str:
    """Return what to read instead of *identifier*; add the numbers it begins with to *found*."""
    digits = identifier.replace("-", "")
    head = _GROUP.match(digits)
    first = head.group() if head else ""
    found.extend(first[:length] for length in (14, 15, 16, 19) if len(first) >= length)
    return identifier if first == digits else "x"


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits) if not digits.isascii() else digits


def _holds(groups: Sequence[str]) -> bool:
    return any(_is_card(digits) for digits in _candidates(groups)) or any(
        _is_within(group) for group in groups
    )


def _candidates(groups: Sequence[str]) -> Iterator[str]:
    """Yield what begins with a group and ends with one, or as cards are written, anywhere."""
    for first, group in enumerate(groups):
        yield from (group[:length] for length in range(_SHORTEST, min(len(group), _LONGEST) + 1))
        # One more digit before the number.
        yield from (group[1:],) if len(group) <= _LONGEST + 1 else ()
        digits, even = group, True
        for place in range(first + 1, len(groups)):
            if len(digits) >= _LONGEST:
                break
            following = groups[place]
            if even:
                yield from (
                    digits + following[: length - len(digits)]
                    for length in (14, 15, 16, 19)
                    if len(digits) < length < len(digits) + len(following)
                )
            digits += following
            yield digits
            even = even and len(following) in {len(group), 6}


def _is_within(group: str) -> bool:
    return any(
        _FREQUENT.match(group, start) and _is_card(group[start : start + length])
        for start in range(len(group) - 14)
        for length in (15, 16)
    )


def _is_card(digits: str) -> bool:
    if not _SHORTEST <= len(digits) <= _LONGEST:
        return False
    known = any(len(digits) in lengths and prefix.match(digits) for prefix, lengths in _ISSUERS)
    return known and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + doubled) % 10 == 0

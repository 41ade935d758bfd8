"""Card numbers in many spellings, and ordinary references: the same ones in every run."""

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

ISSUED = {
    "Visa": "4111111111111111",
    "Visa with 13 digits": "4222222222222",
    "Visa with 19 digits": "4000000000000000006",
    "Mastercard": "5555555555554444",
    "Mastercard of the 2 series": "2223003122003222",
    "American Express": "378282246310005",
    "Diners Club": "30569309025904",
    "Diners Club of 36": "36227206271667",
    "Discover": "6011111111111117",
    "JCB": "3530111333300000",
    "UnionPay": "6200000000000005",
    "Maestro": "6759649826438453",
    "Mir": "2200000000000004",
}
"""Numbers that card schemes and gateways publish for tests, by their issuer."""

SEPARATORS = (
    " ",
    "  ",
    "     ",
    "-",
    " - ",
    ".",
    "_",
    "/",
    ":",
    ",",
    "\u2013",
    "\u00a0",
    "\u200b",
    ". ",
)


def _fours(number: str) -> list[str]:
    return [number[start : start + 4] for start in range(0, len(number), 4)]


def _as_uuid(number: str) -> str:
    digits = f"{number}{'0' * 32}"[:32]
    return "-".join((digits[:8], digits[8:12], digits[12:16], f"8{digits[17:20]}", digits[20:32]))


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "in a token": lambda number: f"tok_{number}",
    "in fours in a token": lambda number: "tok_" + "_".join(_fours(number)),
    "after letters": lambda number: f"ref{number}",
    "before letters": lambda number: f"{number}EUR",
    "between letters": lambda number: f"order{number}paid",
    "with an expiry date": lambda number: f"{number} 12/28",
    "with a security code": lambda number: f"{number} 123",
    "with everything": lambda number: f"{' '.join(_fours(number))} 12/2028 123",
    "after a year": lambda number: f"2026 {number}",
    "after a reference": lambda number: f"INV-7/{number}",
    "in full width": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in number),
    "in Arabic-Indic": lambda number: "".join(chr(ord(digit) + 0x630) for digit in number),
    "one by one": " ".join,
    "in pairs": lambda number: "-".join(number[at : at + 2] for at in range(0, len(number), 2)),
    "in two halves": lambda number: f"{number[:8]} {number[8:]}",
    "as American Express": lambda number: f"{number[:4]} {number[4:10]} {number[10:]}",
    "with mixed separators": lambda number: (
        f"{number[:4]}-{number[4:8]} {number[8:12]}.{number[12:]}"
    ),
    "after one digit": lambda number: f"1{number}",
}
_LONG: dict[str, Callable[[str], str]] = {
    "directly before a digit": lambda number: f"{number}7",
    "directly before a security code": lambda number: f"{number}123",
    "directly before date and code": lambda number: f"{number}1228123",
    "in fours, then a security code": lambda number: f"{'-'.join(_fours(number))}123",
    "in the shape of a UUID": _as_uuid,
}
"""Spellings whose further digits hide numbers of 13 digits: every text of 14 would hold one."""


def spellings() -> Iterator[tuple[str, str]]:
    """Yield what each text is, and the text."""
    for issuer, number in ISSUED.items():
        for name, spell in _SPELLINGS.items():
            yield f"{issuer} {name}", spell(number)
        for separator in SEPARATORS:
            yield f"{issuer} with {separator!r}", separator.join(_fours(number))
            yield (
                f"{issuer} in a text with {separator!r}",
                f"inv {separator.join(_fours(number))} x",
            )
        if len(number) in {15, 16}:
            for name, spell in _LONG.items():
                yield f"{issuer} {name}", spell(number)


def ordinary_references(count: int) -> Iterator[str]:
    """Yield *count* references as shops, banks and programs write them."""
    source = random.Random(20261125)  # noqa: S311 - the same ones in every run
    first = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        moment = first + timedelta(seconds=source.randrange(3 * 365 * 86_400))
        small, large = source.randrange(1, 100_000), source.randrange(10**11)
        yield (
            f"order {small}",
            f"INV-{moment:%Y}-{small:06}",
            f"INV-{moment:%Y-%m-%d}-{small:05}",
            f"PO/{moment:%Y/%m}/{small}",
            f"{moment:%Y%m%d%H%M%S}",
            f"{moment:%Y%m%d-%H%M%S}-{small:04}",
            f"{moment:%Y-%m-%dT%H.%M.%SZ}",
            f"RE {moment:%Y.%m%d}.{small:04}",
            str(uuid.UUID(int=source.getrandbits(128), version=4)),
            f"cus_{source.getrandbits(96):024x}",
            f"{source.getrandbits(128):032x}",
            f"customer {large} {moment:%Y-%m}",
            f"{int(moment.timestamp() * 1000)}",
            "".join(source.choices("ABCDEFGHJKMNPQRSTVWXYZ0123456789", k=26)),
            f"subscription/{small}/{moment:%B %Y}",
            f"{small:05}-{source.randrange(100)}",
        )[number % 16]

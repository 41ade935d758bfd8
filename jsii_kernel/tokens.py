"""Tokens: values that stand for an expression, in the guise of a string, list, map or number."""

import re
import struct
from collections.abc import Iterable, Iterator
from typing import Any, Final

from jsii_kernel.errors import outside
from jsii_kernel.javascript import text

STRING_MARK: Final = "${TfToken["
LIST_MARK: Final = "#{TfToken["
_MAP_MARK: Final = "&{TfToken["
_KEY: Final = r"([a-zA-Z0-9:._-]+)\]\}"
_STRING: Final = re.compile(re.escape(STRING_MARK) + _KEY)
_LIST: Final = re.compile(re.escape(LIST_MARK) + _KEY)
_MAP: Final = re.compile(re.escape(_MAP_MARK) + _KEY)
_NUMBER: Final = re.compile(r"[-|0-9.+]+(e[-|0-9.eE+]+)")
_IN_EVERY_NUMBER: Final = "e+298"
_FLOAT: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[-+]?[0-9]+)?", re.IGNORECASE)
_OPEN: Final = re.compile(r"\$\{(?!TfToken\[)")
_NUMBER_BITS: Final = 0xFDFF
_NUMBER_LIST_BITS: Final = 0xFBFF
_BELOW_ALL_NUMBERS: Final = -1e270
_ANY_VALUE: Final = "Any Map Token Value"
MAP_VALUES: Final[dict[str, object]] = {
    "String": "String Map Token Value",
    "Number": -123456789,
    "Boolean": True,
    "Any": _ANY_VALUE,
}
"""What a map that is a token has as its only value, by the kind of the map."""

OPEN, CLOSE = "${", "}"


class Resolvable:
    """A value that is known when it is written; the bindings hold it, and hand it back.

    Attributes:
        as_string: The string that stands for it, once somebody asked for one; the others likewise.
    """

    as_string: str | None = None
    as_number: float | None = None
    as_list: list[str] | None = None
    as_number_list: list[float] | None = None
    as_map: dict[str, object] | None = None

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the value within the stack *scope*, and whether braces are around it already.

        Args:
            scope: The stack that is written.

            bare: It stands inside of an expression, so that it needs no braces of its own.

            raw: Braces that somebody wrote into a string are characters like any others.
        """
        raise NotImplementedError

    def in_text(self) -> str:
        """Return what stands for this inside of a longer string."""
        return string_of(self)

    def to_string(self) -> str:
        """Return the string that stands for this, as the bindings' method of that name does."""
        return string_of(self)

    def __str__(self) -> str:
        return outside("a token formatted into a string by Python")


class Registry:
    """All tokens of this process, by the number that their guise holds."""

    def __init__(self) -> None:
        self._tokens: list[Resolvable] = []

    def add(self, token: Resolvable) -> int:
        """Return a new number for *token*."""
        self._tokens.append(token)
        return len(self._tokens) - 1

    def of_key(self, key: str) -> Resolvable:
        """Return the token behind the *key* of a marker.

        Raises:
            OutsideOfKernelError: It is not one of ours.
        """
        name, _, ordinal = key.rpartition(".")
        if name != "TOKEN" or not ordinal.isdecimal():
            outside(f"the token {key!r}")
        return self._at(int(ordinal))

    def _at(self, ordinal: int) -> Resolvable:
        if ordinal >= len(self._tokens):
            outside(f"the token {ordinal}, which is none")
        return self._tokens[ordinal]

    def of_number(self, value: float, bits: int = _NUMBER_BITS) -> Resolvable | None:
        """Return the token that the number *value* stands for, None for a plain number."""
        if value > _BELOW_ALL_NUMBERS:
            return None
        (encoded,) = struct.unpack(">Q", struct.pack(">d", value))
        return self._at(encoded & 0xFFFFFFFFFFFF) if encoded >> 48 == bits else None


REGISTRY: Final = Registry()


def string_of(token: Resolvable) -> str:
    """Return the string that stands for *token*."""
    if token.as_string is None:
        token.as_string = f"{STRING_MARK}TOKEN.{REGISTRY.add(token)}]}}"
    return token.as_string


def number_of(token: Resolvable) -> float:
    """Return the number that stands for *token*."""
    if token.as_number is None:
        token.as_number = _double(REGISTRY.add(token), _NUMBER_BITS)
    return token.as_number


def list_of(token: Resolvable) -> list[str]:
    """Return the list that stands for *token*."""
    if token.as_list is None:
        token.as_list = [f"{LIST_MARK}TOKEN.{REGISTRY.add(token)}]}}"]
    return list(token.as_list)


def number_list_of(token: Resolvable) -> list[float]:
    """Return the list of numbers that stands for *token*."""
    if token.as_number_list is None:
        token.as_number_list = [_double(REGISTRY.add(token), _NUMBER_LIST_BITS)]
    return list(token.as_number_list)


def map_of(token: Resolvable, kind: str) -> dict[str, object]:
    """Return the map that stands for *token*; *kind* is one of `MAP_VALUES`."""
    if token.as_map is None:
        token.as_map = {f"{_MAP_MARK}TOKEN.{REGISTRY.add(token)}]}}": MAP_VALUES[kind]}
    return dict(token.as_map)


def in_list(values: list[Any]) -> Resolvable | None:
    """Return the token that the list *values* stands for, None for a plain list.

    Raises:
        OutsideOfKernelError: Something was added to such a list.
    """
    for value in values:
        if isinstance(value, str) and LIST_MARK in value and (found := _LIST.search(value)):
            if len(values) != 1 or found[0] != value:
                outside("a list with something added to the list that Terraform works out")
            return REGISTRY.of_key(found[1])
        if isinstance(value, float) and (token := REGISTRY.of_number(value, _NUMBER_LIST_BITS)):
            if len(values) != 1:
                outside("a list with something added to the list that Terraform works out")
            return token
    return None


def in_map(value: dict[str, Any]) -> Resolvable | None:
    """Return the token that the map *value* stands for, None for a plain map.

    Raises:
        OutsideOfKernelError: Something was added to such a map.
    """
    for key in value:
        if _MAP_MARK in key and (found := _MAP.search(key)):
            if len(value) != 1 or found[0] != key:
                outside("a map with something added to the map that Terraform works out")
            return REGISTRY.of_key(found[1])
    return None


def has_tokens(value: object) -> bool:
    """Tell whether *value* is a token in any guise, or a string with one inside."""
    match value:
        case str():
            return _STRING.search(value) is not None
        case int() | float():
            return REGISTRY.of_number(value) is not None
        case list():
            return len(value) == 1 and in_list(value) is not None
        case dict():
            return in_map(value) is not None
    return isinstance(value, Resolvable)


def is_list_guise(value: object) -> bool:
    """Tell whether *value* is the inside of a list or the key of a map that is a token."""
    return (isinstance(value, str) and bool(_LIST.search(value) or _MAP.search(value))) or (
        isinstance(value, float) and REGISTRY.of_number(value, _NUMBER_LIST_BITS) is not None
    )


Fragment = str | Resolvable
"""A piece of a string; an opening or closing brace of an expression is a `Brace`."""


class Brace(str):
    """`${` or `}` of an expression that somebody wrote into a string."""

    __slots__ = ()


def fragments(value: str, *, braces: bool = False) -> list[Fragment]:
    """Split *value* at its tokens, and at the *braces* of its own expressions if asked to."""
    pieces: list[Fragment] = []
    position = 0
    for found in _STRING.finditer(value):
        pieces.extend(_literals(value, position, found.start(), braces=braces))
        pieces.append(REGISTRY.of_key(found[1]))
        position = found.end()
    pieces.extend(_literals(value, position, len(value), braces=braces))
    return pieces


def _literals(value: str, position: int, end: int, *, braces: bool) -> Iterator[Fragment]:
    """Yield what is before *end*, as cdktf splits it.

    Literals before a closing brace are lost by cdktf when an opening one is the very next thing,
    which cannot be: the brace that comes first is where the split is.
    """
    while braces and position < end:
        opening = _OPEN.search(value, position)
        begins = opening.start() if opening and opening.start() < end else end
        closes = value.find(CLOSE, position, end)
        closes = end if closes < 0 else closes
        first = min(begins, closes)
        if first == end:
            break
        if first > position:
            yield value[position:first]
        brace = OPEN if first == begins else CLOSE
        yield Brace(brace)
        position = first + len(brace)
    if position < end:
        yield value[position:end]


def number_fragments(value: str) -> list[Fragment]:
    """Split *value* at the numbers in it that are tokens."""
    pieces: list[Fragment] = []
    position = 0
    if _IN_EVERY_NUMBER not in value:
        return pieces
    for found in _NUMBER.finditer(value):
        parsed = _FLOAT.match(found[0])
        token = REGISTRY.of_number(float(parsed[0])) if parsed else None
        if token is None and _IN_EVERY_NUMBER in found[0]:
            outside("a number that Terraform works out with a digit or sign before it")
        if token is not None:
            if found.start() > position:
                pieces.append(value[position : found.start()])
            pieces.append(token)
            position = found.end()
    if pieces and position < len(value):
        pieces.append(value[position:])
    return pieces


def looks_like_number(value: object) -> bool:
    """Tell whether JavaScript's text of *value* has something like a number with an exponent."""
    match value:
        case list():
            return any(looks_like_number(item) for item in value)
        case str() | int() | float():
            return _NUMBER.search(text(value)) is not None
    return False


def joined(values: Iterable[object]) -> object:
    """Join resolved pieces: one stays what it is, several become a string."""
    pieces = list(values)
    if len(pieces) == 1:
        return pieces[0]
    return "".join(text(piece) for piece in pieces if piece is not None)


def _double(ordinal: int, bits: int) -> float:
    (value,) = struct.unpack(">d", struct.pack(">Q", bits << 48 | ordinal))
    return float(value)

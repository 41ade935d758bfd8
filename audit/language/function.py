"""The functions that an expression may call: the closed list, and what each does.

Each says what it does with its arguments: pass a value on, change it, count it, or decide by it.
What is not listed is a finding; `file`, `timestamp`, `uuid` and functions of providers would let
in what is neither a literal nor an approved local.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from audit.language.value import (
    UnresolvedError,
    as_index,
    as_number,
    as_text,
    is_primitive,
)


class Use(Enum):
    """What becomes of a value."""

    VALUE = "used"
    PRESENCE = "asked whether it is there"
    COUNT = "counted"
    CHANGE = "changed"
    DECISION = "compared, looked up or asked"


@frozen
class Function:
    """One function.

    Attributes:
        uses: What becomes of each argument; the last holds for all that follow.

        work: Works it out, None where Terraform alone does.
    """

    uses: tuple[Use, ...]
    work: Callable[..., Any] | None = None

    def use(self, index: int) -> Use:
        """Return what becomes of the argument at *index*."""
        return self.uses[min(index, len(self.uses) - 1)]


def _cidrsubnet(prefix: Any, bits: Any, index: Any) -> str:
    try:
        network = ipaddress.IPv4Network(as_text(prefix), strict=False)
    except ValueError as error:
        raise UnresolvedError(str(error)) from error
    longer, which = as_index(bits), as_index(index)
    length = network.prefixlen + longer
    if length > network.max_prefixlen or which >= 1 << longer:
        raise UnresolvedError("cidrsubnet: there is no such network")
    start = int(network.network_address) + (which << (network.max_prefixlen - length))
    return f"{ipaddress.IPv4Address(start)}/{length}"


def _jsonencode(value: Any) -> str:
    text = _written(value)
    if any(ord(c) < ord(" ") or c in "\u2028\u2029\x7f" or "\ud800" <= c <= "\udfff" for c in text):
        raise UnresolvedError("jsonencode: control characters")
    if any(escape in text for escape in ("\\u00", "\\b", "\\f")):
        raise UnresolvedError("jsonencode: control characters")
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _written(value: Any) -> str:
    if isinstance(value, dict):
        fields = (f"{_written(key)}:{_written(value[key])}" for key in sorted(value))
        return "{" + ",".join(fields) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_written(item) for item in value) + "]"
    return as_text(value) if isinstance(value, Fraction) else json.dumps(value, ensure_ascii=False)


def _concat(*lists: Any) -> list[Any]:
    return [item for items in lists for item in _list(items)]


def _element(items: Any, index: Any) -> Any:
    known = _list(items)
    if not known:
        raise UnresolvedError("element: of nothing")
    return known[as_index(index) % len(known)]


def _join(separator: Any, *lists: Any) -> str:
    return as_text(separator).join(as_text(item) for item in _concat(*lists))


def _split(separator: Any, text: Any) -> list[Any]:
    between, whole = as_text(separator), as_text(text)
    if not between:
        raise UnresolvedError("split: by nothing")
    return [*whole.split(between)]


def _length(value: Any) -> Fraction:
    if isinstance(value, list | dict):
        return Fraction(len(value))
    if isinstance(value, str) and value.isascii() and "\r" not in value:
        return Fraction(len(value))
    raise UnresolvedError("length: of what is no list, map or simple text")


def _least(*values: Any) -> Fraction:
    return min(map(as_number, values))


def _greatest(*values: Any) -> Fraction:
    return max(map(as_number, values))


def _lower(text: Any) -> str:
    return _ascii(text).lower()


def _upper(text: Any) -> str:
    return _ascii(text).upper()


def _tostring(value: Any) -> Any:
    return value if value is None else as_text(value)


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    raise UnresolvedError(f"{value!r} as a list")


def _ascii(value: Any) -> str:
    text = as_text(value)
    if not text.isascii():
        raise UnresolvedError("letters beyond ASCII")
    return text


def _contains(items: Any, wanted: Any) -> bool:
    known = _list(items)
    if len({type(item) for item in (*known, wanted)}) > 1 or not is_primitive(wanted):
        raise UnresolvedError("contains: values of several types")
    return wanted in known


def _sha256(text: Any) -> str:
    return hashlib.sha256(as_text(text).encode()).hexdigest()


_KEPT: Final = (Use.VALUE,)
_CHANGED: Final = (Use.CHANGE,)
_ASKED: Final = (Use.DECISION,)
FUNCTIONS: Final[Mapping[str, Function]] = {
    "alltrue": Function(_ASKED),
    "cidrhost": Function(_CHANGED),
    "cidrsubnet": Function((Use.VALUE, Use.DECISION), _cidrsubnet),
    "concat": Function(_KEPT, _concat),
    "contains": Function(_ASKED, _contains),
    "element": Function((Use.VALUE, Use.DECISION), _element),
    "join": Function((Use.CHANGE, Use.VALUE), _join),
    "jsonencode": Function(_KEPT, _jsonencode),
    "length": Function((Use.COUNT,), _length),
    "lower": Function(_CHANGED, _lower),
    "max": Function(_CHANGED, _greatest),
    "min": Function(_CHANGED, _least),
    "sha256": Function(_KEPT, _sha256),
    "parseint": Function(_CHANGED),
    "split": Function(_CHANGED, _split),
    "tostring": Function(_KEPT, _tostring),
    "try": Function(_ASKED),
    "upper": Function(_CHANGED, _upper),
}
"""By name; a test compares what each works out with `terraform console`."""

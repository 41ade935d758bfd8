"""Where JavaScript differs from Python: order of keys, numbers as text, text of JSON."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsii_kernel.errors import outside

_LAST_INDEX: Final = 2**32 - 2
_SAFE_INTEGER: Final = 2**53
_EXPONENT_FROM: Final = 1e21
_EXPONENT_BELOW: Final = 1e-6
_quoted = json.encoder.encode_basestring


class Null:
    """JavaScript's null, which is written; its undefined is our None, which is not."""

    def __repr__(self) -> str:
        return "null"


NULL: Final = Null()


def items(mapping: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the entries as JavaScript does: those whose key is an index come first, in order."""
    indices = [key for key in mapping if _is_index(key)]
    if indices:
        indices.sort(key=int)
        yield from ((key, mapping[key]) for key in indices)
        yield from ((key, value) for key, value in mapping.items() if not _is_index(key))
    else:
        yield from mapping.items()


def number(value: float) -> str:
    """Return *value* as JavaScript writes a number."""
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            outside(f"the number {value}, which JavaScript rounds")
        return int.__repr__(value)
    if not math.isfinite(value):
        outside(f"the number {value}")
    if value.is_integer() and abs(value) < _EXPONENT_FROM:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    mantissa, _, exponent = text.partition("e")
    if _EXPONENT_BELOW <= abs(value) < _EXPONENT_FROM:
        return f"{value:.{len(mantissa.replace('.', '').lstrip('-')) - 1 - int(exponent)}f}"
    return f"{mantissa}e{int(exponent):+d}"


def text(value: object) -> str:
    """Return *value* as it stands inside a template string."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case Null():
            return "null"
    return outside(f"{type(value).__name__} inside of a string")


def stable_json(value: object) -> str:
    """Return *value* as `json-stable-stringify` does, with sorted keys and an indent of two."""
    return "".join(_written(value, "\n"))


def _written(value: object, indent: str) -> Iterator[str]:
    match value:
        case str():
            yield _quoted(value)
        case dict():
            deeper = f"{indent}  "
            separator = "{"
            for key in sorted(value):
                yield f"{separator}{deeper}{_quoted(key)}: "
                yield from _written(value[key], deeper)
                separator = ","
            yield f"{indent}}}" if value else f"{{{indent}}}"
        case list():
            deeper = f"{indent}  "
            separator = "["
            for item in value:
                yield f"{separator}{deeper}"
                yield from _written(item, deeper)
                separator = ","
            yield f"{indent}]" if value else f"[{indent}]"
        case _:
            yield text(value)


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and str(int(key)) == key and int(key) <= _LAST_INDEX

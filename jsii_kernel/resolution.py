"""Turns values with tokens into what is written, as cdktf's `resolve` does."""

from collections.abc import Iterator
from typing import Any, Final

from jsii_kernel.errors import outside
from jsii_kernel.javascript import Null
from jsii_kernel.tokens import (
    LIST_MARK,
    MAP_VALUES,
    OPEN,
    REGISTRY,
    STRING_MARK,
    Brace,
    Fragment,
    Resolvable,
    fragments,
    in_list,
    in_map,
    joined,
    looks_like_number,
    number_fragments,
)

_MAP_TEXTS: Final = frozenset(v for v in MAP_VALUES.values() if isinstance(v, str))


def resolve(value: object, scope: object, *, bare: bool = False, raw: bool = False) -> Any:
    """Return *value* with every token in it replaced; None, in maps and lists, disappears.

    Args:
        value: What a construct was given.

        scope: The stack that is written.

        bare: It stands inside of an expression, so that references need no braces.

        raw: Braces that somebody wrote into a string are characters like any others.

    Raises:
        OutsideOfKernelError: It holds something that cdktf refuses, or we do not know.
    """
    if isinstance(value, str):
        return _string(value, scope, bare=bare, raw=raw)
    if isinstance(value, dict):
        token = in_map(value)
        if token is None:
            return _map(value, scope, bare=bare, raw=raw)
        return _token(token, scope, bare=bare, raw=raw)
    match value:
        case None | bool() | Null():
            return value
        case int() | float():
            token = REGISTRY.of_number(value)
            return value if token is None else _token(token, scope, bare=bare, raw=raw)
        case list():
            if (token := in_list(value)) is not None:
                return _token(token, scope, bare=bare, raw=raw)
            resolved = [resolve(item, scope, bare=bare, raw=raw) for item in value]
            return [item for item in resolved if item is not None]
        case Resolvable():
            return _token(value, scope, bare=bare, raw=raw)
    return outside(f"{type(value).__name__} as a value")


def _map(value: dict[str, Any], scope: object, *, bare: bool, raw: bool) -> dict[str, object]:
    resolved: dict[str, object] = {}
    for key, item in value.items():
        if item is None:
            continue
        name = _string(key, scope, bare=bare, raw=raw)
        if not isinstance(name, str):
            outside("a key of a map that is no string")
        found = resolve(item, scope, bare=bare, raw=raw)
        if found is not None:
            resolved[name] = found
    return resolved


def _token(token: Resolvable, scope: object, *, bare: bool, raw: bool) -> object:
    resolved, bare = token.resolve(scope, bare=bare, raw=raw)
    return resolve(resolved, scope, bare=bare, raw=raw)


def _string(value: str, scope: object, *, bare: bool, raw: bool) -> object:
    if "[" not in value and "e+" not in value and value not in _MAP_TEXTS:
        return value  # Neither a marker nor a number that is a token.
    result: object = value
    if STRING_MARK in value:
        pieces = fragments(value, braces=not raw)
        result = joined(_pieces(pieces, scope, bare=bare, raw=raw))
    elif LIST_MARK in value or value in _MAP_TEXTS:
        outside("a list or map that Terraform works out, used as a string")
    if not isinstance(result, str):
        if looks_like_number(result):
            outside("a number or list that cdktf takes for a string with a number in it")
        return result
    if pieces := number_fragments(result):
        return joined(_pieces(pieces, scope, bare=bare, raw=raw))
    return result


def _pieces(pieces: list[Fragment], scope: object, *, bare: bool, raw: bool) -> Iterator[object]:
    within = bare
    for piece in pieces:
        if isinstance(piece, Resolvable):
            yield _token(piece, scope, bare=within, raw=raw)
            continue
        if isinstance(piece, Brace):
            within = True if piece == OPEN else bare
        yield piece

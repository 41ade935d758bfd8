"""Finds what an expression refers to."""

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from audit.template import Expression, parts, string_end

_CHAIN: Final = re.compile(
    r"(?<![\w.\]-])[A-Za-z_][\w-]*"
    r"(?:\.(?:[A-Za-z_][\w-]*|\*|\d+)|\[(?:\d+|\*|count\.index|each\.key)\])+"
)
_PIECE: Final = re.compile(r"[\w*-]+")
_NAMED_BY_THREE: Final = frozenset({"data", "ephemeral"})
_NOT_RESOURCES: Final = frozenset({"count", "each", "self", "path", "terraform"})


@frozen
class Reference:
    """One name in an expression.

    Attributes:
        address: `local.x`, `var.x`, `aws_sqs_queue.x` or `data.aws_x.y`.

        path: What is taken of it, such as ("arn",); numbers and `*` left out.
    """

    address: str
    path: tuple[str, ...] = ()


def references(value: object) -> Iterator[Reference]:
    """Yield every reference in the expressions anywhere in *value*, repeated ones again."""
    if isinstance(value, str):
        for part in parts(value):
            if isinstance(part, Expression):
                yield from _in_expression(part.source)
    elif isinstance(value, dict):
        for below in value.values():
            yield from references(below)
    elif isinstance(value, list):
        for below in value:
            yield from references(below)


def _in_expression(source: str) -> Iterator[Reference]:
    code: list[str] = []
    position = 0
    while position < len(source):
        if source[position] == '"':
            end = string_end(source, position + 1)
            yield from references(source[position + 1 : end])
            code.append(" ")
            position = end + 1
        else:
            code.append(source[position])
            position += 1
    for found in _CHAIN.finditer("".join(code)):
        yield from _reference(_PIECE.findall(found.group()))


def _reference(pieces: list[str]) -> Iterator[Reference]:
    root = pieces[0]
    length = 3 if root in _NAMED_BY_THREE else 2
    if root in _NOT_RESOURCES or len(pieces) < length:
        return
    path = tuple(p for p in pieces[length:] if not p.isdigit() and p not in ("*", "count", "index"))
    yield Reference(".".join(pieces[:length]), path)

"""Finds what an expression refers to."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import frozen

from audit.language.node import (
    Attribute,
    For,
    Index,
    Item,
    Literal,
    Name,
    Node,
    Splat,
    Template,
    TemplateFor,
    children,
)
from audit.language.parser import parse_template
from audit.language.scanner import SyntaxProblemError

_NAMED_BY_THREE: Final = frozenset({"data", "ephemeral"})
_NOT_RESOURCES: Final = frozenset({"count", "each", "self", "path", "terraform"})


@frozen
class Reference:
    """One name in an expression.

    Attributes:
        address: `local.x`, `var.x`, `aws_sqs_queue.x` or `data.aws_x.y`.

        path: What is taken of it, such as ("arn",); indices and `*` left out.
    """

    address: str
    path: tuple[str, ...] = ()


@frozen
class Chain:
    """A name with the attributes, indices and splats behind it.

    Attributes:
        names: The name and its attributes; keys written as text are attributes too.

        keys: The indices that are worked out.
    """

    names: tuple[str, ...]
    keys: tuple[Node, ...] = ()

    @property
    def reference(self) -> Reference | None:
        """What it refers to, None where it is `count.index`, `path.module` and such."""
        root = self.names[0]
        length = 3 if root in _NAMED_BY_THREE else 2
        if root in _NOT_RESOURCES or len(self.names) < length:
            return None
        return Reference(".".join(self.names[:length]), self.names[length:])


def references(value: object) -> Iterator[Reference]:
    """Yield every reference in the expressions anywhere in *value*, repeated ones again."""
    if isinstance(value, str):
        yield from _in_text(value)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _in_text(str(key))
            yield from references(below)
    elif isinstance(value, list):
        for below in value:
            yield from references(below)


def chain(node: Node) -> Chain | None:
    """Return the chain that *node* is, None when it is something else."""
    if isinstance(node, Name | Item):
        return Chain((node.name,) if isinstance(node, Name) else ())
    if not isinstance(node, Splat | Attribute | Index):
        return None
    before = chain(node.of)
    if before is None:
        return None
    if isinstance(node, Attribute):
        return Chain((*before.names, node.name), before.keys)
    if isinstance(node, Index):
        return _indexed(before, node.key)
    each = chain(node.each)
    return each and Chain(before.names + each.names, before.keys + each.keys)


def _indexed(before: Chain, key: Node) -> Chain:
    if isinstance(key, Literal):
        return before
    text = key.parts[0] if isinstance(key, Template) and len(key.parts) == 1 else None
    if isinstance(text, Literal):
        return Chain((*before.names, str(text.value)), before.keys)
    return Chain(before.names, (*before.keys, key))


@lru_cache(maxsize=20_000)
def _in_text(text: str) -> tuple[Reference, ...]:
    if "{" not in text:
        return ()
    try:
        return tuple(_in_node(parse_template(text), frozenset()))
    except SyntaxProblemError:
        return ()  # The rule `inputs` reports it.


def _in_node(node: Node, bound: frozenset[str]) -> Iterator[Reference]:
    found = chain(node)
    if found and found.names:
        if found.names[0] not in bound and (reference := found.reference):
            yield reference
        for key in found.keys:
            yield from _in_node(key, bound)
        return
    inside = bound | set(node.names) if isinstance(node, For | TemplateFor) else bound
    for below in children(node):
        outside = isinstance(node, For | TemplateFor) and below is node.collection
        yield from _in_node(below, bound if outside else inside)

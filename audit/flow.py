"""Tells what an expression does with each thing it refers to: use it, change it, decide by it."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from audit.language.function import FUNCTIONS, Use
from audit.language.node import (
    Attribute,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    Literal,
    Node,
    Object,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Unary,
    children,
)
from audit.language.parser import parse_template
from audit.reference import chain

_ARITHMETIC: Final = frozenset("+-*/%")
_THERE: Final = frozenset({("<", "1"), (">=", "1"), ("==", "0"), ("!=", "0"), (">", "0")})
"""How a length is compared by who asks only whether there is anything."""
_EQUALITY: Final = frozenset({"==", "!="})
Bound = Mapping[str, tuple[Node, "Bound"]]


@frozen
class Flow:
    """One thing that an expression needs.

    Attributes:
        names: The name and its attributes, such as ("local", "identity_name").

        use: What becomes of it.
    """

    names: tuple[str, ...]
    use: Use

    def __str__(self) -> str:
        """Return it as `aws_sqs_queue.q.arn`."""
        return ".".join(self.names)


@lru_cache(maxsize=20_000)
def flows(text: str, use: Use = Use.VALUE) -> tuple[Flow, ...]:
    """Return what the expressions in *text* need, when the whole is put to *use*.

    Raises:
        SyntaxProblemError: When Terraform could not read *text*.
    """
    if "{" not in text:
        return ()
    return tuple(dict.fromkeys(_in(parse_template(text), use, {})))


def combined(outer: Use, inner: Use) -> Use:
    """Return what becomes of a value whose *inner* use gives something put to *outer* use."""
    if inner in (Use.VALUE, outer):
        return outer
    if outer is Use.VALUE or inner is Use.PRESENCE:
        return inner
    return Use.DECISION


def _in(node: Node, use: Use, bound: Bound) -> Iterator[Flow]:
    found = chain(node)
    if found and found.names:
        if found.names[0] in bound:
            yield from _in(bound[found.names[0]][0], use, bound[found.names[0]][1])
        else:
            yield Flow(found.names, use)
        for key in found.keys:
            yield from _in(key, Use.DECISION, bound)
    elif isinstance(node, For | TemplateFor):
        yield from _in_for(node, use, bound)
    elif isinstance(node, Binary):
        yield from _in_binary(node, use, bound)
    else:
        for below, inner in _parts(node):
            yield from _in(below, combined(use, inner), bound)


def _parts(node: Node) -> Iterator[tuple[Node, Use]]:
    """Yield what is directly below *node*, and what *node* does with it."""
    match node:
        case Conditional() | TemplateIf():
            yield from ((node.condition, Use.DECISION), (node.yes, Use.VALUE), (node.no, Use.VALUE))
        case Call():
            function = FUNCTIONS.get(node.name)
            for index, argument in enumerate(node.arguments):
                yield argument, function.use(index) if function else Use.DECISION
        case Index():
            yield from ((node.of, Use.VALUE), (node.key, Use.DECISION))
        case Unary():
            yield node.operand, Use.DECISION if node.sign == "!" else Use.CHANGE
        case Object():
            yield from ((key, Use.DECISION) for key in node.keys)
            yield from ((value, Use.VALUE) for value in node.values)
        case Attribute() | Splat():
            yield node.of, Use.VALUE
        case _:
            yield from ((below, Use.VALUE) for below in children(node))


def _in_binary(node: Binary, use: Use, bound: Bound) -> Iterator[Flow]:
    if node.sign in _ARITHMETIC:
        inner = Use.CHANGE
    else:
        asked = _presence(node)
        if asked is not None:
            yield Flow(asked, combined(use, Use.PRESENCE))
            return
        inner = Use.DECISION
    for below in (node.left, node.right):
        yield from _in(below, combined(use, inner), bound)


def _presence(node: Binary) -> tuple[str, ...] | None:
    """Return what is merely asked for its presence: `x == ""`, `x != null`, `length(x) < 1`."""
    left, right = node.left, node.right
    if isinstance(left, Call) and left.name == "length" and len(left.arguments) == 1:
        known = isinstance(right, Literal) and (node.sign, right.value) in _THERE
        left = left.arguments[0]
    else:
        nothing = isinstance(right, Template) and not right.parts
        null = isinstance(right, Literal) and right.value is None
        known = node.sign in _EQUALITY and (nothing or null)
    found = chain(left) if known else None
    return found.names if found and not found.keys else None


def _in_for(node: For | TemplateFor, use: Use, bound: Bound) -> Iterator[Flow]:
    """Take the names that a `for` makes for the collection they come from."""
    inside = {**bound, **dict.fromkeys(node.names, (node.collection, bound))}
    yield from _in(node.collection, use, bound)
    if isinstance(node, TemplateFor):
        yield from _in(node.body, use, inside)
        return
    yield from _in(node.value, use, inside)
    for deciding in (node.key, node.condition):
        if deciding is not None:
            yield from _in(deciding, Use.DECISION, inside)

"""What an expression consists of; every node knows where it stands in its source.

The names are those of HCL's native syntax specification:
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, fields, frozen


@frozen(kw_only=True)
class Node:
    """Part of an expression, from `start` to before `end` in the text that was parsed."""

    start: int = field(eq=False)
    end: int = field(eq=False)


@frozen(kw_only=True)
class Literal(Node):
    """A number, text, true, false or null; numbers are the text as written."""

    value: str | bool | None
    is_number: bool = False


@frozen(kw_only=True)
class Template(Node):
    """Text with parts that are worked out; a template of one part that is no text is that part."""

    parts: tuple[Node, ...]


@frozen(kw_only=True)
class TemplateIf(Node):
    """`%{ if condition }yes%{ else }no%{ endif }`."""

    condition: Node
    yes: Node
    no: Node


@frozen(kw_only=True)
class TemplateFor(Node):
    """`%{ for names in collection }body%{ endfor }`."""

    names: tuple[str, ...]
    collection: Node
    body: Node


@frozen(kw_only=True)
class Name(Node):
    """The first name of a reference, such as `local`."""

    name: str


@frozen(kw_only=True)
class Attribute(Node):
    """`of.name`."""

    of: Node
    name: str


@frozen(kw_only=True)
class Index(Node):
    """`of[key]`; `of.0` too."""

    of: Node
    key: Node


@frozen(kw_only=True)
class Splat(Node):
    """`of[*]` or `of.*`; *each* is what is taken of every item, `Item` standing for the item."""

    of: Node
    each: Node


@frozen(kw_only=True)
class Item(Node):
    """The item inside a splat."""


@frozen(kw_only=True)
class Call(Node):
    """`name(arguments)`; the last argument is spread out when it is followed by `...`."""

    name: str
    arguments: tuple[Node, ...]
    spread: bool = False


@frozen(kw_only=True)
class Unary(Node):
    """`-operand` or `!operand`."""

    sign: str
    operand: Node


@frozen(kw_only=True)
class Binary(Node):
    """`left sign right`."""

    sign: str
    left: Node
    right: Node


@frozen(kw_only=True)
class Conditional(Node):
    """`condition ? yes : no`."""

    condition: Node
    yes: Node
    no: Node


@frozen(kw_only=True)
class Tuple(Node):
    """`[items]`."""

    items: tuple[Node, ...]


@frozen(kw_only=True)
class Object(Node):
    """`{key = value}`; a key without quotes is text."""

    keys: tuple[Node, ...]
    values: tuple[Node, ...]


@frozen(kw_only=True)
class For(Node):
    """`[for names in collection : value if condition]`, with *key* for an object."""

    names: tuple[str, ...]
    collection: Node
    key: Node | None
    value: Node
    condition: Node | None
    grouped: bool = False


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly below *node*, in the order of their fields."""
    for attribute in fields(type(node)):
        value = getattr(node, attribute.name)
        for below in value if isinstance(value, tuple) else (value,):
            if isinstance(below, Node):
                yield below

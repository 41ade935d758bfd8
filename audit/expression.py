"""Works out the value of an expression, given only locals.

The part of Terraform's language that our stacks use. What is beyond it (a resource, a variable,
a function not listed) is unresolved, never guessed.
"""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from attrs import define

from audit.function import FUNCTIONS
from audit.template import Expression, parts, string_end


class UnresolvedError(Exception):
    """The expression needs more than locals; Terraform will know."""


def _equal(one: object, other: object) -> bool:
    """Compare as Terraform does: values of different types are never equal."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


Node = Callable[[Mapping[str, Any]], Any]
_SPACE: Final = re.compile(r"\s*")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")
_NAME: Final = re.compile(r"[A-Za-z_][\w-]*")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_LITERALS: Final = {"true": True, "false": False, "null": None}
_LEVELS: Final[tuple[Mapping[str, Callable[[Any, Any], Any]], ...]] = (
    {"||": lambda a, b: a or b},
    {"&&": lambda a, b: a and b},
    {"==": _equal, "!=": lambda a, b: not _equal(a, b)},
    {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv, "%": operator.mod},
)


def evaluate(source: str, locals_: Mapping[str, Any]) -> Any:
    """Return the value of *source*, the inside of `${}`.

    Raises:
        UnresolvedError: When it needs more than *locals_*.
    """
    parser = _Parser(source)
    try:
        node = parser.conditional()
        if not parser.at_end():
            raise UnresolvedError(source)
        return _number(node(locals_))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError) as error:
        raise UnresolvedError(source) from error


def rendered(text: str, locals_: Mapping[str, Any]) -> Any:
    """Return *text* with the expressions that can be resolved in place of their source."""
    pieces = parts(text)
    if len(pieces) == 1 and isinstance(pieces[0], Expression):
        try:
            return expanded(evaluate(pieces[0].source, locals_), locals_)
        except UnresolvedError:
            return text
    done: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            done.append(piece)
            continue
        try:
            done.append(in_text(expanded(evaluate(piece.source, locals_), locals_)))
        except UnresolvedError:
            done.append(str(piece))
    return "".join(done)


def expanded(value: Any, locals_: Mapping[str, Any]) -> Any:
    """Return *value* with every string in it rendered."""
    if isinstance(value, str):
        return rendered(value, locals_) if "${" in value else value
    if isinstance(value, dict):
        return {key: expanded(below, locals_) for key, below in value.items()}
    if isinstance(value, list):
        return [expanded(below, locals_) for below in value]
    return value


def in_text(value: object) -> str:
    """Return *value* as Terraform writes it inside a string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(_number(value))
    raise UnresolvedError(repr(value))


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


@define
class _Parser:
    """Recursive descent; every method returns the node it has read."""

    source: str
    position: int = 0

    def at_end(self) -> bool:
        self._skip()
        return self.position == len(self.source)

    def conditional(self) -> Node:
        condition = self._binary(0)
        if not self._take("?"):
            return condition
        yes = self.conditional()
        self._expect(":")
        no = self.conditional()
        return lambda scope: yes(scope) if condition(scope) else no(scope)

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while True:
            sign = next((s for s in _LEVELS[level] if self._take(s)), None)
            if sign is None:
                return left
            left = _applied(_LEVELS[level][sign], left, self._binary(level + 1))

    def _unary(self) -> Node:
        if self._take("!"):
            inner = self._unary()
            return lambda scope: not inner(scope)
        if self._take("-"):
            inner = self._unary()
            return lambda scope: -inner(scope)
        return self._postfix()

    def _postfix(self) -> Node:
        node = self._primary()
        while True:
            if self._take("["):
                node = _indexed(node, self.conditional())
                self._expect("]")
            elif self._take("."):
                key = self._match(_NAME) or self._match(_NUMBER)
                if not key:
                    raise UnresolvedError(self.source)
                node = _attribute(node, key)
            else:
                return node

    def _primary(self) -> Node:
        if self._take("("):
            node = self.conditional()
            self._expect(")")
            return node
        if self._take("["):
            return _listed(self._items("]"))
        if self._take("{"):
            return self._object()
        if self._take('"'):
            return self._string()
        if number := self._match(_NUMBER):
            value = _number(float(number))
            return lambda _: value
        return self._named()

    def _named(self) -> Node:
        name = self._match(_NAME)
        if name in _LITERALS:
            return lambda _: _LITERALS[name]
        if self._take("("):
            function, arguments = FUNCTIONS[name], self._items(")")
            return lambda scope: function(*(argument(scope) for argument in arguments))
        if name == "local":
            self._expect(".")
            local = self._match(_NAME)
            return lambda scope: expanded(scope[local], scope)
        return self._unresolved()

    def _unresolved(self) -> Node:
        """Return a node that fails only where its value is needed, as in the branch not taken."""

        def fail(_: Mapping[str, Any]) -> None:
            raise UnresolvedError(self.source)

        return fail

    def _items(self, close: str) -> list[Node]:
        items: list[Node] = []
        while not self._take(close):
            items.append(self.conditional())
            if not self._take(","):
                self._expect(close)
                break
        return items

    def _object(self) -> Node:
        fields: list[tuple[Node, Node]] = []
        while not self._take("}"):
            name = self._match(_NAME)
            key = _constant(name) if name else self._primary()
            if not (self._take("=") or self._take(":")):
                raise UnresolvedError(self.source)
            fields.append((key, self.conditional()))
            self._take(",")
        return lambda scope: {key(scope): value(scope) for key, value in fields}

    def _string(self) -> Node:
        end = string_end(self.source, self.position)
        text = self.source[self.position : end]
        self.position = end + 1
        pieces = [
            _constant(_unescaped(piece)) if isinstance(piece, str) else _embedded(piece)
            for piece in parts(text)
        ]
        return lambda scope: "".join(in_text(piece(scope)) for piece in pieces)

    def _skip(self) -> None:
        match = _SPACE.match(self.source, self.position)
        self.position = match.end() if match else self.position

    def _take(self, text: str) -> bool:
        self._skip()
        if not self.source.startswith(text, self.position):
            return False
        self.position += len(text)
        return True

    def _match(self, pattern: re.Pattern[str]) -> str:
        self._skip()
        match = pattern.match(self.source, self.position)
        if not match:
            return ""
        self.position = match.end()
        return match.group()

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise UnresolvedError(self.source)


def _constant(value: object) -> Node:
    return lambda _: value


def _embedded(expression: Expression) -> Node:
    return lambda scope: evaluate(expression.source, scope)


def _applied(operation: Callable[[Any, Any], Any], left: Node, right: Node) -> Node:
    return lambda scope: operation(left(scope), right(scope))


def _indexed(node: Node, index: Node) -> Node:
    return lambda scope: node(scope)[index(scope)]


def _attribute(node: Node, key: str) -> Node:
    return lambda scope: node(scope)[int(key) if key.isdigit() else key]


def _listed(items: Sequence[Node]) -> Node:
    return lambda scope: [item(scope) for item in items]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m.group(1), m.group(1)), text)

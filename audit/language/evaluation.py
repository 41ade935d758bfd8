"""Works out an expression as Terraform does, or says that it cannot; it never guesses."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, frozen

from audit.language.function import FUNCTIONS
from audit.language.node import (
    Attribute,
    Binary,
    Call,
    Conditional,
    For,
    Index,
    Item,
    Literal,
    Name,
    Node,
    Object,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    Tuple,
    Unary,
)
from audit.language.number import number, rounded
from audit.language.value import (
    UnresolvedError,
    as_bool,
    as_index,
    as_number,
    as_text,
    equal,
    is_primitive,
    unified,
)

_ARITHMETIC: Final[Mapping[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a - b * int(a / b),
}
_ORDER: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


@frozen(kw_only=True)
class Scope:
    """What names mean.

    Attributes:
        local: Returns the value of a local, by its name.

        names: Values of the names that a `for` made.
    """

    local: Callable[[str], Any]
    names: Mapping[str, Any] = {}

    def evaluate(self, node: Node) -> Any:
        """Return the value of *node*; numbers are fractions.

        Raises:
            UnresolvedError: When it needs more than locals, or it is not certain what it is.
        """
        work: Callable[[Node], Any] = getattr(self, f"_{type(node).__name__.lower()}")
        return work(node)

    def _literal(self, node: Literal) -> Any:
        return number(str(node.value)) if node.is_number else node.value

    def _template(self, node: Template) -> Any:
        if len(node.parts) == 1 and not _is_text(node.parts[0]):
            return self.evaluate(node.parts[0])
        return "".join(as_text(self.evaluate(part)) for part in node.parts)

    def _templateif(self, node: TemplateIf) -> str:
        chosen = node.yes if as_bool(self.evaluate(node.condition)) else node.no
        return as_text(self._text_of(chosen))

    def _templatefor(self, node: TemplateFor) -> str:
        items = _items(self.evaluate(node.collection))
        return "".join(
            as_text(self._with(node.names, key, value).evaluate(node.body)) for key, value in items
        )

    def _text_of(self, node: Node) -> str:
        parts = node.parts if isinstance(node, Template) else (node,)
        return "".join(as_text(self.evaluate(part)) for part in parts)

    def _name(self, node: Name) -> Any:
        if node.name in self.names:
            return self.names[node.name]
        raise UnresolvedError(f"{node.name} is known only to Terraform")

    def _item(self, _: Item) -> Any:
        return self.names["*"]

    def _attribute(self, node: Attribute) -> Any:
        if isinstance(node.of, Name) and node.of.name == "local" and "local" not in self.names:
            return self.local(node.name)
        value = self.evaluate(node.of)
        if not isinstance(value, dict) or node.name not in value:
            raise UnresolvedError(f"there is no attribute {node.name}")
        return value[node.name]

    def _index(self, node: Index) -> Any:
        value, key = self.evaluate(node.of), self.evaluate(node.key)
        if isinstance(value, list):
            index = as_index(key)
            if index >= len(value):
                raise UnresolvedError(f"there is no item {index}")
            return value[index]
        if isinstance(value, dict) and isinstance(key, str) and key in value:
            return value[key]
        raise UnresolvedError(f"there is no item {key!r}")

    def _splat(self, node: Splat) -> Any:
        value = self.evaluate(node.of)
        if not isinstance(value, list):
            raise UnresolvedError("a splat of what is no list")
        return [evolve(self, names={**self.names, "*": item}).evaluate(node.each) for item in value]

    def _call(self, node: Call) -> Any:
        function = FUNCTIONS.get(node.name)
        if function is None or function.work is None or node.spread:
            raise UnresolvedError(f"{node.name}() is worked out by Terraform only")
        return function.work(*(self.evaluate(argument) for argument in node.arguments))

    def _unary(self, node: Unary) -> Any:
        value = self.evaluate(node.operand)
        return not as_bool(value) if node.sign == "!" else _signed(-as_number(value), negative=True)

    def _binary(self, node: Binary) -> Any:
        left = self.evaluate(node.left)
        right = self.evaluate(node.right)
        if node.sign in ("&&", "||"):
            pair = as_bool(left), as_bool(right)
            return all(pair) if node.sign == "&&" else any(pair)
        if node.sign in ("==", "!="):
            return equal(left, right) == (node.sign == "==")
        if node.sign in _ORDER:
            return _ORDER[node.sign](as_number(left), as_number(right))
        if node.sign in ("/", "%") and as_number(right) == 0:
            raise UnresolvedError("division by zero")
        one, other = as_number(left), as_number(right)
        if node.sign == "%" and not one.denominator == other.denominator == 1:
            raise UnresolvedError("the rest of fractions")
        negative = node.sign in "*/%" and (one < 0 or other < 0)
        return _signed(rounded(_ARITHMETIC[node.sign](one, other)), negative=negative)

    def _conditional(self, node: Conditional) -> Any:
        condition = as_bool(self.evaluate(node.condition))
        chosen, other = (node.yes, node.no) if condition else (node.no, node.yes)
        value = self.evaluate(chosen)
        try:
            left = self.evaluate(other)
        except UnresolvedError:
            if value is None or isinstance(value, str):
                return value  # Whatever the other is, this is null or this text.
            raise
        return unified(value, left)

    def _tuple(self, node: Tuple) -> list[Any]:
        return [self.evaluate(item) for item in node.items]

    def _object(self, node: Object) -> dict[str, Any]:
        pairs = zip(node.keys, node.values, strict=True)
        return {as_text(self.evaluate(key)): self.evaluate(value) for key, value in pairs}

    def _for(self, node: For) -> Any:
        listed: list[Any] = []
        keyed: dict[str, Any] = {}
        for key, item in _items(self.evaluate(node.collection)):
            scope = self._with(node.names, key, item)
            if node.condition and not as_bool(scope.evaluate(node.condition)):
                continue
            value = scope.evaluate(node.value)
            if node.key is None:
                listed.append(value)
                continue
            name = as_text(scope.evaluate(node.key))
            if node.grouped:
                keyed.setdefault(name, []).append(value)
            elif name in keyed:
                raise UnresolvedError(f"the key {name} comes twice")
            else:
                keyed[name] = value
        return listed if node.key is None else keyed

    def _with(self, names: tuple[str, ...], key: Any, value: Any) -> "Scope":
        bound = {names[-1]: value, **({names[0]: key} if len(names) > 1 else {})}
        return evolve(self, names={**self.names, **bound})


def _signed(value: Fraction, *, negative: bool) -> Fraction:
    """Refuse a zero that Terraform may write as -0."""
    if negative and value == 0:
        raise UnresolvedError("a zero with a sign")
    return value


def _is_text(node: Node) -> bool:
    """Tell whether a part of a template is text even when it stands alone."""
    if isinstance(node, Literal):
        return isinstance(node.value, str) and not node.is_number
    return isinstance(node, TemplateIf | TemplateFor)


def _items(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, list):
        return [(Fraction(index), item) for index, item in enumerate(value)]
    if isinstance(value, dict) and all(is_primitive(item) for item in value.values()):
        return sorted(value.items())
    raise UnresolvedError("a for over what is neither a list nor a simple map")

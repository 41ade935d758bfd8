"""Terraform's expressions: references, calls, operators, conditions, access to properties."""

import re
from typing import Any, Final

from attrs import define

from jsii_kernel.errors import outside
from jsii_kernel.javascript import items, text
from jsii_kernel.resolution import resolve
from jsii_kernel.tokens import Resolvable, fragments, has_tokens, in_list, in_map, string_of

_IDENTIFIER: Final = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*")
_QUOTE: Final = '"'


@define(eq=False, slots=False)
class Intrinsic(Resolvable):
    """A value of another kind, made a token by `Token.asString` and its like."""

    value: object

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the value as it is."""
        return self.value, bare


@define(eq=False, slots=False)
class Reference(Resolvable):
    """The name of something in a stack."""

    identifier: str
    origin: object = None

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the name, in braces where it stands alone."""
        if self.origin is not None and self.origin is not scope:
            outside(f"the reference to {self.identifier} in another stack")
        return _braced(self.identifier, bare=bare), True


@define(eq=False, slots=False)
class RawString(Resolvable):
    """`Fn.rawString`: a string whose quotes are escaped."""

    value: str

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the string, quoted where it stands inside of an expression."""
        quote = _QUOTE if bare else ""
        return f"{quote}{_escaped(self.value).replace(_QUOTE, _ESCAPED_QUOTE)}{quote}", bare

    def in_text(self) -> str:
        """Return the string as it was given."""
        return self.value


_ESCAPED_QUOTE: Final = '\\"'


@define(eq=False, slots=False)
class Dependable(Resolvable):
    """Something that others wait for."""

    fqn: str

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return its name, never in braces."""
        return self.fqn, True


@define(eq=False, slots=False)
class Call(Resolvable):
    """A function of Terraform, called."""

    name: str
    arguments: list[Any]

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the call; braces inside of its strings are characters."""
        written = ", ".join(_argument(argument, scope, raw=True) for argument in self.arguments)
        return _braced(f"{self.name}({written})", bare=bare), True


@define(eq=False, slots=False)
class Operation(Resolvable):
    """An operator between two values, or before one."""

    operator: str
    left: object
    right: object = None

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the operation; cdktf takes a right side that is 0, false or empty for none."""
        left = _argument(self.left, scope, raw=raw)
        right = _argument(self.right, scope, raw=raw) if self.right or is_object(self.right) else ""
        if self.operator == "!" or (self.operator == "-" and not right):
            return _braced(f"{self.operator}{left}", bare=bare), True
        return _braced(f"({left} {self.operator} {right or 'undefined'})", bare=bare), True


@define(eq=False, slots=False)
class Condition(Resolvable):
    """One of two values, by a condition."""

    condition: object
    true_value: object
    false_value: object

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return `condition ? this : that`."""
        parts = (self.condition, self.true_value, self.false_value)
        condition, this, that = (_argument(part, scope, raw=raw) for part in parts)
        return _braced(f"{condition} ? {this} : {that}", bare=bare), True


@define(eq=False, slots=False)
class Access(Resolvable):
    """A property of a value, by name or index."""

    target: object
    path: list[Any]

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the value's expression with the path behind it."""
        target = _argument(self.target, scope, raw=raw)
        steps = "".join(_step(step, scope, raw=raw) for step in self.path)
        return _braced(f"{target}{steps}", bare=bare), True


def is_object(value: object) -> bool:
    """Tell whether *value* is true in JavaScript however empty it is."""
    return isinstance(value, list | dict | Resolvable)


def _step(step: object, scope: object, *, raw: bool) -> str:
    if step == "*":
        return "[*]"
    if isinstance(step, str) and _IDENTIFIER.fullmatch(step):
        return f".{step}"
    if isinstance(step, int | float) and not (isinstance(step, bool) or has_tokens(step)):
        return f".{text(step)}"
    return f"[{_argument(step, scope, raw=raw)}]"


def _braced(expression: str, *, bare: bool) -> str:
    return expression if bare else f"${{{expression}}}"


def _argument(argument: object, scope: object, *, raw: bool) -> str:
    """Return *argument* as it stands inside of an expression."""
    if not isinstance(argument, str):
        return _part(argument, scope, raw=raw)
    resolved = _quoted(argument, resolve(argument, scope, bare=True, raw=raw))
    return resolved if isinstance(resolved, str) else _part(resolved, scope, raw=raw)


def _part(value: object, scope: object, *, raw: bool) -> str:
    match value:
        case list() if in_list(value) is None:
            if any(item is None for item in value):
                outside("a list with nothing in it, inside of an expression")
            return f"[{', '.join(_argument(item, scope, raw=raw) for item in value)}]"
        case dict() if in_map(value) is None:
            if any(has_tokens(key) for key in value):
                outside("a map with a key that Terraform works out, inside of an expression")
            entries = (
                f'"{key}" = {_argument(item, scope, raw=raw)}'
                for key, item in items(value)
                if item is not None
            )
            return f"{{{', '.join(entries)}}}"
    return text(resolve(value, scope, bare=True, raw=raw))


def _escaped(value: str) -> str:
    return value.replace("\n", "\\n").replace("${", "$${")


def _quoted(value: str, resolved: object) -> object:
    """Return the string *value*, whose tokens become *resolved*, with quotes as they are needed."""
    pieces = fragments(value)
    tokens = [piece for piece in pieces if isinstance(piece, Resolvable)]
    if not tokens:
        if not isinstance(resolved, str):
            return resolved
        escaped = _escaped(resolved)
        return escaped if _is_quoted(resolved) else f'"{escaped}"'
    if len(pieces) == 1:
        return resolved
    mixed = _mixed([p.in_text() if isinstance(p, Resolvable) else p for p in pieces])
    return mixed if _is_quoted(mixed) else f'"{mixed}"'


def _mixed(pieces: list[str]) -> str:
    """Join literals and tokens from the left, as cdktf does: what is joined is left alone."""
    left = pieces[0]
    for right in pieces[1:]:
        of_left = fragments(left)
        tokens = [piece for piece in of_left if isinstance(piece, Resolvable)]
        if not tokens and len(of_left) == 1:
            left = _escaped(left)
        elif len(of_left) == 1:
            left = f"${{{tokens[0].in_text()}}}"
        of_right = [piece for piece in fragments(right) if isinstance(piece, Resolvable)]
        left += f"${{{of_right[0].in_text()}}}" if of_right else _escaped(right)
    return left


def _is_quoted(value: str) -> bool:
    return value != _QUOTE and value.startswith(_QUOTE) and value.endswith(_QUOTE)


def element_reference(identifier: str, origin: object) -> str:
    """Return the string that stands for the name *identifier* in the stack *origin*."""
    return string_of(Reference(identifier, origin))

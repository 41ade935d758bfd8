"""Parses expressions and templates of Terraform's language.

The whole language is read, not only what our stacks use: what cannot be parsed cannot be checked.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from attrs import define

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
    Tuple,
    Unary,
)
from audit.language.scanner import DIGITS, NUMBER, OPERATOR, Scanner, SyntaxProblemError
from audit.language.template_parser import TemplateParser, heredoc

_LITERALS: Final = {"true": True, "false": False, "null": None}
_LEVELS: Final = (
    ("||",),
    ("&&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
"""Binary operators, those that bind least first."""


@lru_cache(maxsize=20_000)
def parse(source: str) -> Node:
    """Parse an expression, the inside of `${}`.

    Raises:
        SyntaxProblemError: When it is none.
    """
    scanner = Scanner(source)
    try:
        node = _Parser(scanner).expression()
    except RecursionError as error:
        raise SyntaxProblemError("must not be nested this deep") from error
    scanner.skip()
    if scanner.position < len(source):
        scanner.fail("must end here")
    return node


@lru_cache(maxsize=20_000)
def parse_template(text: str) -> Template:
    """Parse the text of a JSON string, in which Terraform reads `${}` and `%{}`.

    Raises:
        SyntaxProblemError: When Terraform could not read it.
    """
    scanner = Scanner(text)
    try:
        return TemplateParser(scanner, _Parser(scanner).expression).template()
    except RecursionError as error:
        raise SyntaxProblemError("must not be nested this deep") from error


@define
class _Parser:
    """Recursive descent; every method returns the node it has read."""

    scanner: Scanner

    def expression(self) -> Node:
        start = self._start()
        condition = self._binary(0)
        if not self.scanner.take("?"):
            return condition
        yes = self.expression()
        self.scanner.expect(":")
        no = self.expression()
        return Conditional(
            start=start, end=self.scanner.position, condition=condition, yes=yes, no=no
        )

    def _start(self) -> int:
        self.scanner.skip()
        return self.scanner.position

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._unary()
        start = self._start()
        left = self._binary(level + 1)
        while sign := self._operator(_LEVELS[level]):
            right = self._binary(level + 1)
            left = Binary(start=start, end=self.scanner.position, sign=sign, left=left, right=right)
        return left

    def _operator(self, signs: tuple[str, ...]) -> str:
        before = self._start()
        sign = self.scanner.match(OPERATOR)
        if sign in signs:
            return sign
        self.scanner.position = before
        return ""

    def _unary(self) -> Node:
        start = self._start()
        for sign in ("!", "-"):
            if self.scanner.take(sign):
                operand = self._unary()
                return Unary(start=start, end=self.scanner.position, sign=sign, operand=operand)
        return self._steps(self._primary(), start)

    def _steps(self, node: Node, start: int, *, only_names: bool = False) -> Node:
        """Read the attributes, indices and splats behind *node*."""
        scanner = self.scanner
        while True:
            before = scanner.position
            if not only_names and scanner.take("["):
                node = self._bracket(node, start)
            elif scanner.take(".") and not scanner.looking_at(".."):
                node = self._dot(node, start)
            else:
                scanner.position = before
                return node

    def _bracket(self, node: Node, start: int) -> Node:
        scanner = self.scanner
        lines, scanner.across_lines = scanner.across_lines, True
        if scanner.take("*"):
            scanner.across_lines = lines
            scanner.expect("]")
            here = scanner.position
            each = self._steps(Item(start=here, end=here), here)
            return Splat(start=start, end=scanner.position, of=node, each=each)
        key = self.expression()
        scanner.expect("]")
        scanner.across_lines = lines
        return Index(start=start, end=scanner.position, of=node, key=key)

    def _dot(self, node: Node, start: int) -> Node:
        scanner = self.scanner
        if scanner.take("*"):
            here = scanner.position
            each = self._steps(Item(start=here, end=here), here, only_names=True)
            return Splat(start=start, end=scanner.position, of=node, each=each)
        if number := scanner.match(DIGITS):
            end = scanner.position
            key = Literal(start=end - len(number), end=end, value=number, is_number=True)
            return Index(start=start, end=end, of=node, key=key)
        name = scanner.name()
        return Attribute(start=start, end=scanner.position, of=node, name=name)

    def _primary(self) -> Node:
        scanner, start = self.scanner, self._start()
        if scanner.take("("):
            node = self._across_lines(self.expression, ")")
        elif scanner.take("["):
            node = self._across_lines(lambda: self._tuple(start), "")
        elif scanner.take("{"):
            node = self._across_lines(lambda: self._object(start), "")
        elif scanner.take('"'):
            node = self._quoted(start)
        elif found := heredoc(scanner, self.expression):
            node = found
        elif number := scanner.match(NUMBER):
            node = Literal(start=start, end=scanner.position, value=number, is_number=True)
        else:
            node = self._named(start)
        return node

    def _across_lines(self, read: Callable[[], Node], close: str) -> Node:
        scanner = self.scanner
        lines, scanner.across_lines = scanner.across_lines, True
        node = read()
        if close:
            scanner.expect(close)
        scanner.across_lines = lines
        return node

    def _quoted(self, start: int) -> Node:
        scanner = self.scanner
        found = TemplateParser(scanner, self.expression, quoted=True).template()
        scanner.position += 1
        return Template(start=start, end=scanner.position, parts=found.parts)

    def _named(self, start: int) -> Node:
        scanner = self.scanner
        name = scanner.name()
        while scanner.looking_at("::"):
            scanner.position += 2
            name = f"{name}::{scanner.name()}"
        if scanner.take("("):
            return self._call(name, start)
        if name in _LITERALS:
            return Literal(start=start, end=scanner.position, value=_LITERALS[name])
        return Name(start=start, end=start + len(name), name=name)

    def _call(self, name: str, start: int) -> Node:
        scanner = self.scanner
        lines, scanner.across_lines = scanner.across_lines, True
        arguments: list[Node] = []
        spread = False
        while not scanner.take(")"):
            arguments.append(self.expression())
            if scanner.take("..."):
                spread = True
                scanner.take(",")
                scanner.expect(")")
                break
            if not scanner.take(","):
                scanner.expect(")")
                break
        end, scanner.across_lines = scanner.position, lines
        return Call(start=start, end=end, name=name, arguments=tuple(arguments), spread=spread)

    def _tuple(self, start: int) -> Node:
        scanner = self.scanner
        if scanner.take_word("for"):
            return self._for(start, is_object=False)
        items: list[Node] = []
        while not scanner.take("]"):
            items.append(self.expression())
            if not scanner.take(","):
                scanner.expect("]")
                break
        return Tuple(start=start, end=scanner.position, items=tuple(items))

    def _object(self, start: int) -> Node:
        scanner = self.scanner
        if scanner.take_word("for"):
            return self._for(start, is_object=True)
        keys: list[Node] = []
        values: list[Node] = []
        while not scanner.take("}"):
            scanner.across_lines = False
            keys.append(self._key())
            if not (scanner.take("=") or scanner.take(":")):
                scanner.fail("must have = or : here")
            values.append(self.expression())
            scanner.skip()
            ended = scanner.take(",") or scanner.at_line_end()
            scanner.across_lines = True
            if not ended:
                scanner.expect("}")
                break
        end = scanner.position
        return Object(start=start, end=end, keys=tuple(keys), values=tuple(values))

    def _key(self) -> Node:
        start = self._start()
        bare = self.scanner.text[start : start + 1] != "("
        key = self.expression()
        if isinstance(key, Name):
            return key if not bare else Literal(start=start, end=key.end, value=key.name)
        if bare and isinstance(key, Attribute | Index):
            self.scanner.fail("must have parentheses around a key that is a reference")
        return key

    def _for(self, start: int, *, is_object: bool) -> Node:
        scanner = self.scanner
        names = [scanner.name()]
        if scanner.take(","):
            names.append(scanner.name())
        if not scanner.take_word("in"):
            scanner.fail("must have in here")
        collection = self.expression()
        scanner.expect(":")
        key, value, grouped = None, self.expression(), False
        if is_object:
            scanner.expect("=>")
            key, value, grouped = value, self.expression(), scanner.take("...")
        condition = self.expression() if scanner.take_word("if") else None
        scanner.expect("}" if is_object else "]")
        return For(
            start=start,
            end=scanner.position,
            names=tuple(names),
            collection=collection,
            key=key,
            value=value,
            condition=condition,
            grouped=grouped,
        )

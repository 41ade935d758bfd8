"""Parses templates: text with `${}` and `%{}`, bare as in JSON, in quotes, or a heredoc."""

import re
import sys
from collections.abc import Callable
from typing import Final

from attrs import define, evolve, field

from audit.language.node import Literal, Node, Template, TemplateFor, TemplateIf
from audit.language.scanner import NAME, Scanner

_ESCAPE: Final = re.compile(r'\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))')
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_AMBIGUOUS: Final = re.compile(r"\${3,}\{|%{3,}\{")
_OPENING: Final = re.compile(r"([$%])\{(~?)")
_PLAIN: Final = re.compile(r'[^$%"\\\n]+')
_HEREDOC: Final = re.compile(r"<<(-?)([^\W\d][\w-]*)\n")
_LAST_ADDRESS: Final = 0x10FFFF


@define
class TemplateParser:
    """Reads one template; what is in its expressions, *expression* reads."""

    scanner: Scanner
    expression: Callable[[], Node]
    quoted: bool = False
    stop: int = -1
    """Where a heredoc ends; -1 where the end of the text or the quote is the end."""
    _closing: str = ""
    _trims: bool = field(default=False)

    def template(self, *ends: str) -> Template:
        """Read up to one of the directives *ends*, or to the end of the template."""
        scanner, start = self.scanner, self.scanner.position
        parts: list[Node] = []
        while not self._at_end():
            opening = scanner.position
            sign = self._opening(parts)
            if not sign:
                self._literal(parts)
            elif sign == "$":
                parts.append(self._interpolation(opening))
            elif self._ended_by(ends):
                return self._made(start, parts)
            else:
                parts.append(self._directive(opening))
        if ends:
            scanner.fail(f"must have %{{ {' or '.join(ends)} }} here")
        return self._made(start, parts)

    def _made(self, start: int, parts: list[Node]) -> Template:
        kept = tuple(part for part in parts if not (isinstance(part, Literal) and not part.value))
        return Template(start=start, end=self.scanner.position, parts=kept)

    def _opening(self, parts: list[Node]) -> str:
        """Read `${` or `%{` when it comes next, with a `~`, and return its sign."""
        scanner = self.scanner
        if _AMBIGUOUS.match(scanner.text, scanner.position):
            scanner.fail("must not have three signs before a brace")
        found = _OPENING.match(scanner.text, scanner.position)
        if not found:
            return ""
        scanner.position = found.end()
        if found.group(2) and parts and isinstance(parts[-1], Literal):
            parts[-1] = evolve(parts[-1], value=_text(parts[-1]).rstrip())
        return found.group(1)

    def _literal(self, parts: list[Node]) -> None:
        """Read text up to what may mean something, or one such character, and add it to *parts*."""
        scanner, start = self.scanner, self.scanner.position
        if plain := _PLAIN.match(scanner.text, start, self.stop if self.stop >= 0 else sys.maxsize):
            scanner.position = plain.end()
            text = plain[0]
        elif scanner.text[start : start + 3] in ("$${", "%%{"):
            scanner.position += 3
            text = scanner.text[start + 1 : start + 3]
        else:
            text = self._character()
        if self._trims:
            text = text.lstrip()
            self._trims = not text
        if parts and isinstance(parts[-1], Literal):
            before = parts.pop()
            start, text = before.start, _text(before) + text
        parts.append(Literal(start=start, end=scanner.position, value=text))

    def _at_end(self) -> bool:
        if self.stop >= 0:
            return self.scanner.position >= self.stop
        at_end = self.scanner.position >= len(self.scanner.text)
        if self.quoted and at_end:
            self.scanner.fail("must have a closing quote")
        return at_end or (self.quoted and self.scanner.looking_at('"'))

    def _character(self) -> str:
        scanner = self.scanner
        character = scanner.text[scanner.position]
        if self.quoted and character == "\n":
            scanner.fail("must not break a line in quotes")
        if self.quoted and character == "\\":
            found = _ESCAPE.match(scanner.text, scanner.position)
            if not found:
                scanner.fail("must have a known escape sequence")
            scanner.position = found.end()
            code = int(found.group(2) or found.group(3) or "0", 16)
            if code > _LAST_ADDRESS:
                scanner.fail("must have a character that exists")
            return _ESCAPED[found.group(1)] if found.group(1) else chr(code)
        scanner.position += 1
        return character

    def _interpolation(self, start: int) -> Node:
        inside = self._inside(self.expression)
        # An interpolation of its own place, so that what was written there can be cut out.
        return Template(start=start, end=self.scanner.position, parts=(inside,))

    def _inside(self, read: Callable[[], Node]) -> Node:
        """Read what is in the braces, and the closing one, with or without `~`."""
        lines, self.scanner.across_lines = self.scanner.across_lines, True
        node = read()
        self._close()
        self.scanner.across_lines = lines
        return node

    def _close(self) -> None:
        self._trims = self.scanner.take("~")
        self.scanner.expect("}")

    def _ended_by(self, ends: tuple[str, ...]) -> bool:
        before = self.scanner.position
        word = self.scanner.match(NAME)
        if word in ends:
            self._close()
            self._closing = word
            return True
        self.scanner.position = before
        return False

    def _directive(self, start: int) -> Node:
        scanner = self.scanner
        word = scanner.match(NAME)
        if word == "if":
            condition = self._inside(self.expression)
            yes = self.template("else", "endif")
            no = self.template("endif") if self._closing == "else" else _nothing(scanner.position)
            return TemplateIf(
                start=start, end=scanner.position, condition=condition, yes=yes, no=no
            )
        if word != "for":
            scanner.fail("must have if or for in a directive")
        names = [scanner.name()]
        if scanner.take(","):
            names.append(scanner.name())
        if not scanner.take_word("in"):
            scanner.fail("must have in here")
        collection = self._inside(self.expression)
        body = self.template("endfor")
        return TemplateFor(
            start=start, end=scanner.position, names=tuple(names), collection=collection, body=body
        )


def heredoc(scanner: Scanner, expression: Callable[[], Node]) -> Node | None:
    """Read a heredoc when one comes next; `<<-`, which moves lines, only without expressions."""
    scanner.skip()
    opening = _HEREDOC.match(scanner.text, scanner.position)
    if not opening:
        return None
    start, flush, word = scanner.position, opening.group(1), opening.group(2)
    closing = re.compile(rf"^[ \t]*{re.escape(word)}$", re.MULTILINE)
    end = closing.search(scanner.text, opening.end())
    if not end:
        scanner.fail(f"must have a line {word} here")
    scanner.position = opening.end()
    found = TemplateParser(scanner, expression, stop=end.start()).template()
    if scanner.position != end.start():
        scanner.fail("must end its expressions before the heredoc ends")
    if flush and len(found.parts) > 1:
        scanner.fail("must not have expressions in <<-")
    scanner.position = end.end()
    parts = tuple(_flushed(part) if flush else part for part in found.parts)
    return Template(start=start, end=scanner.position, parts=parts)


def _flushed(part: Node) -> Node:
    if not isinstance(part, Literal):
        return part
    lines = _text(part).splitlines(keepends=True)
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    return evolve(part, value="".join(line[min(indents) :] for line in lines))


def _text(node: Node) -> str:
    return str(node.value) if isinstance(node, Literal) else ""


def _nothing(position: int) -> Template:
    return Template(start=position, end=position, parts=())

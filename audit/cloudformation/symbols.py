"""Evaluates Terraform's expressions while references to resources stand for themselves.

A reference becomes a mark, a text that no configuration has; whatever an expression does with it
(`element`, `join`, a policy's JSON around it), the mark is in the result, and becomes `Ref` or
`Fn::GetAtt` there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import Factory, define, frozen

from audit.expression import UnresolvedError, evaluate, expanded, in_text
from audit.template import Expression, parts

_CHAIN: Final = re.compile(
    r"(?<![\w.\]-])(?:aws_\w+|data|ephemeral|var|each|path|terraform_data|count)"
    r"(?:\.[\w-]+|\[(?:\d+|\*|count\.index|each\.key)\])+"
)
_MARK: Final = re.compile("\ue000(\\d+)\ue001")
_DECIDES: Final = re.compile(r"[?<>!]|==|&&|\|\|")
_CALL: Final = re.compile(r"\b([a-z_]\w*)\(")
_CARRY: Final = frozenset(
    ("concat", "element", "flatten", "join", "jsonencode", "length", "merge", "slice", "tolist")
)
"""Functions whose result hangs on what they are given, and not on what it looks like."""

Meaning = Callable[[str], Any]
"""What a reference stands for: an intrinsic function, a list of them, or the value itself."""


class UnknownError(Exception):
    """The reference stands for something that only the deployment will know."""


@frozen
class Unknown:
    """A value that only the deployment will know.

    Attributes:
        expression: Where Terraform gets it.
    """

    expression: str


@define
class Symbols:
    """The references met so far, by their marks.

    Attributes:
        meaning: What a reference stands for.

        locals: The values of the environment.
    """

    meaning: Meaning
    locals: Mapping[str, Any]
    _met: list[Any] = Factory(list)

    def evaluated(self, value: Any, *, index: int | None = None) -> Any:
        """Return *value* with marks for references; *index* is which of `count` it is."""
        if isinstance(value, str):
            return self._text(value, index) if "{" in value else value
        if isinstance(value, dict):
            return {key: self.evaluated(below, index=index) for key, below in value.items()}
        if isinstance(value, list):
            return [self.evaluated(below, index=index) for below in value]
        return value

    def unmarked(self, value: Any) -> Any:
        """Return *value* with the intrinsic functions that its marks stand for."""
        if isinstance(value, str):
            return self._joined(value) if _MARK.search(value) else value
        if isinstance(value, dict):
            return {key: self.unmarked(below) for key, below in value.items()}
        if isinstance(value, list):
            return [self.unmarked(below) for below in value]
        return value

    def unknowns(self, value: Any) -> Iterator[Unknown]:
        """Yield what in *value* only the deployment will know."""
        if isinstance(value, str):
            met = (self._met[int(found)] for found in _MARK.findall(value))
            yield from (meant for meant in met if isinstance(meant, Unknown))
        elif isinstance(value, dict | list):
            for below in value.values() if isinstance(value, dict) else value:
                yield from self.unknowns(below)

    def has_unknown_key(self, value: Any) -> bool:
        """Tell whether a key anywhere in *value* is one that a template cannot say."""
        if isinstance(value, dict):
            return any(_MARK.search(key) for key in value) or any(
                self.has_unknown_key(below) for below in value.values()
            )
        return isinstance(value, list) and any(self.has_unknown_key(below) for below in value)

    def mark(self, meant: Any) -> str:
        """Return a mark that stands for *meant*."""
        if meant not in self._met:
            self._met.append(meant)
        return f"\ue000{self._met.index(meant)}\ue001"

    def _text(self, text: str, index: int | None) -> Any:
        pieces = [
            self._expression(piece.source, index) if isinstance(piece, Expression) else piece
            for piece in parts(text)
        ]
        if len(pieces) == 1:
            return pieces[0]
        try:
            return "".join(in_text(piece) for piece in pieces)
        except UnresolvedError:
            return self.mark(Unknown(text))

    def _expression(self, source: str, index: int | None) -> Any:
        scope = dict(self.locals)

        def symbol(found: re.Match[str]) -> str:
            name = f"reference-{len(scope)}"
            scope[name] = self._meant(found.group(), index)
            return f"local.{name}"

        symbolic = _CHAIN.sub(symbol, source)
        met = [value for name, value in scope.items() if name not in self.locals]
        if any(_MARK.search(str(value)) for value in met) and not _only_carries(source):
            return self.mark(Unknown(source))
        try:
            return expanded(evaluate(symbolic, scope), scope)
        except UnresolvedError:
            return self.mark(Unknown(source))

    def _meant(self, chain: str, index: int | None) -> Any:
        if chain == "count.index" and index is not None:
            return index
        if index is not None:
            chain = chain.replace("[count.index]", f"[{index}]")
        try:
            meant = self.meaning(chain)
        except UnknownError:
            meant = Unknown(chain)
        if isinstance(meant, list):
            return [self.mark(each) for each in meant]
        return self.mark(meant) if isinstance(meant, dict | Unknown) else meant

    def _joined(self, text: str) -> Any:
        pieces = _MARK.split(text)
        values = [
            self._met[int(piece)] if position % 2 else piece
            for position, piece in enumerate(pieces)
            if piece
        ]
        known = [_parameter(value) if isinstance(value, Unknown) else value for value in values]
        return known[0] if len(known) == 1 else {"Fn::Join": ["", known]}


def _only_carries(source: str) -> bool:
    """Tell whether an expression takes values to their places, and looks at none of them."""
    return not _DECIDES.search(source) and set(_CALL.findall(source)) <= _CARRY


def parameter_name(unknown: Unknown) -> str:
    """Return the template's parameter that stands for *unknown*."""
    return "Unknown" + "".join(
        word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", unknown.expression)
    )


def _parameter(unknown: Unknown) -> dict[str, str]:
    return {"Ref": parameter_name(unknown)}

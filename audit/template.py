"""Tells text from expressions in a Terraform string."""

from attrs import frozen

from audit.language.node import Literal
from audit.language.parser import parse_template
from audit.language.scanner import SyntaxProblemError


@frozen
class Expression:
    """What stands between `${` and `}`; a `%{` directive is one too, which nobody resolves."""

    source: str

    def __str__(self) -> str:
        return f"${{{self.source}}}"


class Resolved(str):
    """Text that was worked out already: what looks like an expression in it is none.

    IAM's own variables look so: `${aws:PrincipalAccount}`.
    """

    __slots__ = ()


def parts(text: str) -> tuple[str | Expression, ...]:
    """Split *text* into literal pieces and expressions, in order; `$${` is a literal `${`.

    What Terraform could not read is one expression: whoever looks for values finds none there,
    and the rule `inputs` says so.
    """
    if "{" not in text or isinstance(text, Resolved):
        return (text,) if text else ()
    try:
        template = parse_template(text)
    except SyntaxProblemError:
        return (Expression(text),)
    return tuple(
        str(part.value) if isinstance(part, Literal) else _expression(text[part.start : part.end])
        for part in template.parts
    )


def has_expression(text: str) -> bool:
    """Tell whether *text* is not all literal."""
    return any(isinstance(part, Expression) for part in parts(text))


def _expression(written: str) -> Expression:
    """Return the expression of `${source}`, or a directive as it stands."""
    return Expression(written[2:-1] if written.startswith("${") else written)

"""Tells text from expressions in a Terraform string."""

from collections.abc import Iterator

from attrs import frozen


@frozen
class Expression:
    """What stands between `${` and `}`; a `%{` directive is one too, which nobody resolves."""

    source: str

    def __str__(self) -> str:
        return f"${{{self.source}}}"


def parts(text: str) -> tuple[str | Expression, ...]:
    """Split *text* into literal pieces and expressions, in order; `$${` is a literal `${`."""
    return tuple(_parts(text)) if "{" in text else ((text,) if text else ())


def has_expression(text: str) -> bool:
    """Tell whether *text* is not all literal."""
    return any(isinstance(part, Expression) for part in parts(text))


def _parts(text: str) -> Iterator[str | Expression]:
    literal: list[str] = []
    position = 0
    while position < len(text):
        mark = text[position : position + 3]
        if mark in ("$${", "%%{"):
            literal.append(mark[1:])
            position += 3
        elif mark[:2] in ("${", "%{"):
            end = expression_end(text, position + 2)
            if literal:
                yield "".join(literal)
                literal.clear()
            source = text[position + 2 : end]
            yield Expression(source if mark[0] == "$" else f"%{source}")
            position = end + 1
        else:
            literal.append(text[position])
            position += 1
    if literal:
        yield "".join(literal)


def expression_end(text: str, start: int) -> int:
    """Return where the brace closes that was opened just before *start*."""
    depth, position = 1, start
    while position < len(text):
        character = text[position]
        if character == '"':
            position = string_end(text, position + 1)
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return len(text)


def string_end(text: str, start: int) -> int:
    """Return where the quote closes that was opened just before *start*."""
    position = start
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == '"':
            return position
        elif text[position : position + 3] in ("$${", "%%{"):
            position += 2
        elif text[position : position + 2] in ("${", "%{"):
            position = expression_end(text, position + 2)
        position += 1
    return len(text)

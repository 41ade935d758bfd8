"""IAM's patterns as regular languages of the solver.

Where a pattern holds what nobody knows before Terraform runs, the proof errs to the safe side:
what allows is read as wide as it may be, what denies as narrow.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from audit.iam.arn import Arn
from audit.iam.narrowing import is_own
from audit.iam.wildcard import Atom, Token, Wild, is_everything, tokens
from audit.proof.solver import z3

FIELDS: Final = ("partition", "service", "region", "account", "resource")
"""The five parts of an ARN; each is a variable of its own, which keeps the languages small."""


@lru_cache(maxsize=65_536)
def language(pattern: str, home: str, *, allows: bool) -> Any:
    """Return the texts that *pattern* matches in the environment *home*, None for none.

    Attributes of resources, which AWS makes up, are texts of their own in each environment.
    """
    solver = z3()
    one = solver.AllChar(solver.ReSort(solver.StringSort()))
    pieces: list[Any] = []
    literal = ""
    for token in tokens(pattern):
        text = _text(token, home)
        if text is not None:
            literal += text
            continue
        if literal:
            pieces.append(solver.Re(solver.StringVal(literal)))
            literal = ""
        if not isinstance(token, Wild) and not allows:
            return None
        pieces.append(one if token is Wild.ONE else solver.Star(one))
    if literal or not pieces:
        pieces.append(solver.Re(solver.StringVal(literal)))
    return pieces[0] if len(pieces) == 1 else solver.Concat(*pieces)


def _text(token: Token, home: str) -> str | None:
    """Return the text of a token of which it is known, or which is like no other."""
    if isinstance(token, str):
        return token
    if isinstance(token, Atom) and is_own(token.source):
        return own_text(token.source, home)
    return None


def own_text(source: str, home: str) -> str:
    """Return what stands for an attribute that only AWS knows, in the environment *home*."""
    return f"<{source[2:-1]} of {home}>".replace(":", ".")


def matches(variable: Any, pattern: str, home: str, *, allows: bool) -> Any:
    """Return that *variable* is one of the texts that *pattern* matches."""
    solver = z3()
    if tokens(pattern) == (Wild.MANY,):
        return solver.BoolVal(True)
    found = tokens(pattern)
    if all(_text(token, home) is not None for token in found):
        text = "".join(_text(token, home) or "" for token in found)
        return variable == solver.StringVal(text)
    texts = language(pattern, home, allows=allows)
    return solver.BoolVal(False) if texts is None else solver.InRe(variable, texts)


def matches_arn(variables: Mapping[str, Any], pattern: str, home: str, *, allows: bool) -> Any:
    """Return that the ARN in *variables* is one that *pattern* matches, part by part."""
    solver = z3()
    if is_everything(pattern):
        return solver.BoolVal(True)
    try:
        arn = Arn.parse(pattern)
    except ValueError:
        return solver.BoolVal(allows)  # Nobody knows what it matches.
    return solver.And(
        *(matches(variables[field], getattr(arn, field), home, allows=allows) for field in FIELDS)
    )


def matches_text_of_arn(
    variables: Mapping[str, Any], pattern: str, home: str, *, allows: bool
) -> Any:
    """Return that the text of an ARN is one that *pattern* matches, whose `*` reaches over colons.

    Where it does, what allows says nothing of the parts behind.
    """
    solver = z3()
    if not allows or is_everything(pattern):
        return matches_arn(variables, pattern, home, allows=allows)
    try:
        arn = Arn.parse(pattern)
    except ValueError:
        return solver.BoolVal(True)
    said = []
    for field in FIELDS:
        part = getattr(arn, field)
        if field != "resource" and Wild.MANY in tokens(part):
            break
        said.append(matches(variables[field], part, home, allows=True))
    return solver.And(*said)

"""Reads JSON in which Terraform expressions stand, inside of texts and in place of values."""

import json
import re
from typing import Final

from audit.template import Expression, parts

_POLICY_VARIABLE: Final = re.compile(r"(?<!\$)\$\{(?=(?:[*?$]|[\w-]+:[^{}\"\s]*)\})")


def escaped(literal: str) -> str:
    """Return *literal* as it stands in a template, where it is no expression."""
    return literal.replace("${", "$${").replace("%{", "%%{")


def with_variables_escaped(text: str) -> str:
    """Return *text* with `$${` for the `${` of IAM's policy variables, which look alike."""
    return _POLICY_VARIABLE.sub("$${", text)


def parsed(text: str) -> object:
    """Return the JSON in *text*; an expression stands for what it will be.

    The texts in it are templates as *text* is: a literal `${` stays doubled.

    Raises:
        ValueError: When what is around the expressions is no JSON, or a key stands twice.
    """
    masked: list[str] = []
    expressions: list[str] = []
    quoted = False
    for part in parts(text):
        if isinstance(part, Expression):
            mark = f"@expression:{len(expressions)}@"
            expressions.append(str(part))
            masked.append(mark if quoted else f'"{mark}"')
        else:
            masked.append(escaped(part))
            quoted ^= (part.count('"') - part.count('\\"')) % 2 == 1
    return _restored(json.loads("".join(masked), object_pairs_hook=_unique), expressions)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key must not stand twice in one object")
    return found


def _restored(value: object, expressions: list[str]) -> object:
    if isinstance(value, dict):
        return {
            str(_restored(key, expressions)): _restored(below, expressions)
            for key, below in value.items()
        }
    if isinstance(value, list):
        return [_restored(below, expressions) for below in value]
    if isinstance(value, str):
        for number, expression in enumerate(expressions):
            value = value.replace(f"@expression:{number}@", expression)
    return value

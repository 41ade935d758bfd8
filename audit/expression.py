"""Works out the values of expressions in a document, given only locals.

What is beyond that (a resource, a variable, a function not listed) stays as it is written.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from audit.language.evaluation import Scope
from audit.language.node import Literal, Node
from audit.language.number import NumberError
from audit.language.parser import parse, parse_template
from audit.language.scanner import SyntaxProblemError
from audit.language.value import UnresolvedError, as_text, from_json, to_json
from audit.template import Resolved

__all__ = ["UnresolvedError", "evaluate", "expanded", "in_text", "rendered"]


def evaluate(source: str, locals_: Mapping[str, Any]) -> Any:
    """Return the value of *source*, the inside of `${}`.

    Raises:
        UnresolvedError: When it needs more than *locals_*, or its value is not certain.
    """
    try:
        return to_json(_value(parse(source), _scope(locals_)))
    except SyntaxProblemError as error:
        raise UnresolvedError(str(error)) from error


def rendered(text: str, locals_: Mapping[str, Any]) -> Any:
    """Return *text* with the expressions that can be resolved in place of their source."""
    try:
        template = parse_template(text)
    except SyntaxProblemError:
        return text
    scope = _scope(locals_)
    try:
        value = to_json(_value(template, scope))
        return Resolved(value) if isinstance(value, str) and "{" in value else value
    except UnresolvedError:
        return "".join(_piece(part, text, scope) for part in template.parts)


def expanded(value: Any, locals_: Mapping[str, Any]) -> Any:
    """Return *value* with every string in it rendered, the keys of objects too."""
    if isinstance(value, str):
        return rendered(value, locals_) if "{" in value else value
    if isinstance(value, dict):
        return {
            str(expanded(key, locals_)): expanded(below, locals_) for key, below in value.items()
        }
    if isinstance(value, list):
        return [expanded(below, locals_) for below in value]
    return value


def in_text(value: object) -> str:
    """Return *value*, as JSON has it, as Terraform writes it inside a string."""
    return as_text(from_json(value))


def _piece(part: Node, text: str, scope: Scope) -> str:
    written = text[part.start : part.end]
    if isinstance(part, Literal):
        return written
    try:
        return _escaped(as_text(_value(part, scope)))
    except UnresolvedError:
        return written


def _escaped(text: str) -> str:
    """Return *text* so that it stays text in a string that still has expressions."""
    return text.replace("${", "$${").replace("%{", "%%{")


def _value(node: Node, scope: Scope) -> Any:
    try:
        return scope.evaluate(node)
    except (NumberError, RecursionError) as error:
        raise UnresolvedError(str(error)) from error


def _scope(locals_: Mapping[str, Any]) -> Scope:
    return Scope(local=partial(_local, locals_, frozenset()))


def _local(locals_: Mapping[str, Any], above: frozenset[str], name: str) -> Any:
    if name in above or name not in locals_:
        raise UnresolvedError(f"local.{name} is not there, or needs itself")
    scope = Scope(local=partial(_local, locals_, above | {name}))
    return _worked_out(locals_[name], scope)


def _worked_out(value: Any, scope: Scope) -> Any:
    """Return a local's value with every expression in it worked out."""
    if isinstance(value, str) and "{" in value:
        try:
            return _value(parse_template(value), scope)
        except SyntaxProblemError as error:
            raise UnresolvedError(str(error)) from error
    if isinstance(value, dict):
        return {as_text(_worked_out(k, scope)): _worked_out(v, scope) for k, v in value.items()}
    if isinstance(value, list):
        return [_worked_out(below, scope) for below in value]
    return from_json(value)

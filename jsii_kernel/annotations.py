"""Checks values against the annotations of the bindings, which are text here.

It is stricter than the stock bindings at the edges: what it does not accept goes to the stock
kernel, which then accepts it or says what is wrong with it.
"""

import ast
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from jsii_kernel.errors import outside
from jsii_kernel.tokens import Resolvable

Check = Callable[[object], bool]
_CHECKS: Final[dict[tuple[str, int], Check]] = {}
_RESOLVABLE: Final = "cdktf.IResolvable"


def accepts(annotation: object, names: Mapping[str, Any]) -> Check:
    """Return the check of *annotation*, a piece of source within a module's *names*.

    Raises:
        OutsideOfKernelError: It is no text: the bindings were not imported through `install`.
    """
    if not isinstance(annotation, str):
        outside("bindings that were imported before the kernel was installed")
    key = (annotation, id(names))
    if key not in _CHECKS:
        _CHECKS[key] = _check(ast.parse(annotation, mode="eval").body, names)
    return _CHECKS[key]


def _check(node: ast.expr, names: Mapping[str, Any]) -> Check:
    match node:
        case ast.Constant(value=str(text)):
            return accepts(text, names)
        case ast.Constant(value=None):
            return lambda value: value is None
        case ast.Subscript(value=ast.Attribute(attr=attr), slice=inner):
            return _generic(attr, inner, names)
        case ast.Attribute(value=ast.Name(id="builtins"), attr="str"):
            return lambda value: isinstance(value, str)
        case ast.Attribute(value=ast.Name(id="builtins"), attr="bool"):
            return lambda value: isinstance(value, bool)
        case ast.Attribute(value=ast.Name(id="jsii"), attr="Number"):
            return _is_number
        case ast.Attribute(value=ast.Name(id="typing"), attr="Any"):
            return lambda _: True
        case ast.Attribute(value=ast.Name(id=module), attr=attr):
            return _class_check(getattr(names[module], attr))
        case ast.Name(id=name):
            return _class_check(names[name])
    return outside(f"the annotation {ast.unparse(node)}")


def _generic(name: str, inner: ast.expr, names: Mapping[str, Any]) -> Check:
    parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    checks = [_check(part, names) for part in parts]
    match name:
        case "Optional":
            return lambda value: value is None or checks[0](value)
        case "Union":
            return lambda value: any(check(value) for check in checks)
        case "Sequence" | "List":
            return lambda value: isinstance(value, list) and all(map(checks[0], value))
        case "Mapping":
            return lambda value: isinstance(value, dict) and all(map(checks[1], value.values()))
        case "Dict":  # A dict in place of a value class: the bindings have made it one by now.
            return lambda _: False
    return outside(f"the annotation {name}")


def _class_check(wanted: Any) -> Check:
    """Return a check for a class of the bindings; an interface is met by what has its members."""
    if getattr(wanted, "__jsii_type__", None) == _RESOLVABLE:
        return lambda value: isinstance(getattr(value, "__jsii_ref__", value), Resolvable)
    if getattr(wanted, "_is_protocol", False):
        members = frozenset(wanted.__protocol_attrs__)
        return lambda value: (
            hasattr(value, "__jsii_ref__")
            and all(
                hasattr(type(value), member) for member in members if not member.startswith("_")
            )
        )
    return lambda value: isinstance(value, wanted)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

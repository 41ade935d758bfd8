"""No function decides by who or where its environment is: the same code does the same everywhere.

What Lambda, its environment variables and its events say of the environment is followed through
the code by name: through assignments, fields, arguments and results. It may be passed on, logged
and put into text; it may not be compared, measured, looked up, matched or taken apart.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from audit import inputs
from audit.finding import Finding
from audit.runtime_taint import Taint, dotted, scopes

RULE: Final = "runtime-decisions"
_MEASURES: Final = frozenset({"len", "ord", "hash", "int", "float", "bool", "sum", "isinstance"})
_LOOKS_UP: Final = frozenset(
    {"get", "pop", "setdefault", "index", "find", "count", "match", "search", "fullmatch"}
    | {"startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "partition"}
    | {"intersection", "difference", "issubset", "issuperset", "isdisjoint", "translate"}
    | {"__eq__", "__ne__", "__lt__", "__contains__", "__getitem__"}
)
_TAKES_APART: Final = ("binascii.", "difflib.", "fnmatch.", "hashlib.", "operator.", "re.", "zlib.")
_NOT_IMPORTED: Final = frozenset(
    {"ctypes", "importlib", "inspect", "operator", "platform", "socket", "subprocess", "sys"}
)
"""Modules through which code could learn where it runs, or hide what it asks."""
_ESCAPES: Final = frozenset({"eval", "exec", "compile", "__import__", "globals", "locals", "vars"})
_ASKS_AWS: Final = frozenset({"get_caller_identity", "describe_account", "list_account_aliases"})
_PLAIN_TEXT: Final = frozenset({"encode", "format", "join", "strip", "rstrip", "lstrip", "decode"})
"""Methods that leave text what it is; every other takes it apart."""


def runtime_findings(sources: Mapping[str, str], variables: Collection[str]) -> list[Finding]:
    """Return where the Python files *sources*, by path, decide by their environment.

    *variables* are the environment variables whose values differ between environments.
    """
    modules: dict[str, ast.Module] = {}
    found: list[Finding] = []
    for path, source in sources.items():
        try:
            modules[path] = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError) as error:
            found.append(_finding(path, 0, f"must be Python that can be read: {error}"))
    taint = Taint.of(modules.values(), variables)
    for path, module in modules.items():
        lines = dict(reversed([*_decisions(module, taint)]))
        found += (_finding(path, line, what) for line, what in sorted(lines.items()))
    return found


def _decisions(module: ast.Module, taint: Taint) -> Iterator[tuple[int, str]]:
    allowed = {id(node) for node in _plain_reads(module)}
    for node, scope in scopes(module):
        line = getattr(node, "lineno", 0)
        for what in asked(node, scope, taint):
            if ast.unparse(node) not in inputs.RUNTIME_COMPARISONS:
                yield line, what
        of_os = isinstance(node, ast.Attribute) and dotted(node.value) == "os"
        if of_os and (dotted(node) != "os.environ" or id(node) not in allowed):
            yield line, f"must read variables by name or by read_settings, uses {dotted(node)}"
        for name in _imported(node):
            yield line, f"must not import {name}: it may tell where the code runs"


def _plain_reads(module: ast.Module) -> Iterator[ast.AST]:
    """Yield each `os.environ` that is read by a name or handed to `read_settings`."""
    for node in ast.walk(module):
        if isinstance(node, ast.Subscript):
            yield node.value
        elif isinstance(node, ast.Call) and dotted(node.func) == "read_settings":
            yield from node.args
        elif isinstance(node, ast.Attribute) and node.attr == "get":
            yield node.value


def _imported(node: ast.AST) -> Iterator[str]:
    """Yield what *node* must not import; of `os` only the whole, under its own name."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.partition(".")[0] in _NOT_IMPORTED:
                yield alias.name
            elif alias.name == "os" and alias.asname:
                yield f"os as {alias.asname}"
    elif isinstance(node, ast.ImportFrom):
        module = (node.module or "").partition(".")[0]
        if module in _NOT_IMPORTED or module == "os":
            yield f"from {module}"


def asked(node: ast.AST, scope: str, taint: Taint) -> Iterator[str]:
    """Yield what *node* does with what says who or where the environment is."""

    def told(*values: ast.AST) -> bool:
        return any(taint.is_told(value, scope) for value in values)

    match node:
        case ast.Compare() if not _is_none(node) and told(node.left, *node.comparators):
            yield "compares"
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert() if taint.decides(node.test, scope):
            yield "branches on"
        case ast.Match() if told(node.subject):
            yield "matches"
        case ast.comprehension() if any(taint.decides(test, scope) for test in node.ifs):
            yield "filters by"
        case ast.Subscript() if told(node.slice) or (_is_read(node) and told(node.value)):
            yield "looks up"
        case ast.Attribute() if node.attr.startswith("__") and told(node.value):
            yield "takes apart"
        case ast.BinOp() if _calculates(node) and told(node.left, node.right):
            yield "calculates with"
        case ast.Call():
            yield from _called(node, scope, taint)


def _is_read(node: ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Load)


def _calculates(node: ast.BinOp) -> bool:
    """Tell whether *node* is more than putting text together."""
    formats = isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant)
    return not isinstance(node.op, ast.Add) and not formats


def _called(node: ast.Call, scope: str, taint: Taint) -> Iterator[str]:
    name = dotted(node.func)
    last = name.rpartition(".")[2]
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if name in _ESCAPES:
        yield "runs text with"
    elif last in _ASKS_AWS:
        yield "asks AWS for"
    elif any(taint.is_told(argument, scope) for argument in arguments):
        if name in _MEASURES or name == "getattr":
            yield "measures"
        elif isinstance(node.func, ast.Attribute) and last in _LOOKS_UP:
            yield "looks up"
        elif name.startswith(_TAKES_APART) or isinstance(node.func, ast.Lambda):
            yield "takes apart"
    of_text = isinstance(node.func, ast.Attribute) and taint.is_told(node.func.value, scope)
    if of_text and last not in _PLAIN_TEXT:
        yield "takes apart"


def _is_none(node: ast.Compare) -> bool:
    return all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops) and all(
        isinstance(other, ast.Constant) and other.value is None for other in node.comparators
    )


def _finding(path: str, line: int, what: str) -> Finding:
    message = (
        what
        if what.startswith("must")
        else f"must not decide by who or where the environment is: this {what} it"
    )
    return Finding(rule=RULE, where=f"{path}:{line}", message=message)

"""Reads a settings file as text: that it holds only values, and on which line each one stands."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import Attribute, field, fields, frozen, has

from model.errors import Problem

_STATEMENTS = (ast.Assign, ast.AnnAssign, ast.ImportFrom)
_VALUES = (
    ast.Attribute,
    ast.Call,
    ast.Constant,
    ast.keyword,
    ast.Load,
    ast.Name,
    ast.Store,
    ast.Tuple,
)


@frozen(kw_only=True)
class Source:
    """A settings file.

    Attributes:
        path: The file, as people name it.

        lines: The line of each setting, by its dotted path.

        problems: What keeps the file from being a list of values.
    """

    path: str
    lines: Mapping[str, int] = field(factory=dict)
    problems: tuple[Problem, ...] = ()

    def where(self, setting: str) -> str:
        """Return file and line of *setting*, or of the nearest section around it, or the file."""
        while setting:
            if setting in self.lines:
                return f"{self.path}:{self.lines[setting]}"
            setting = setting.rpartition(".")[0]
        return self.path


def read_source(file: Path, path: str) -> Source:
    """Read *file*, called *path* in messages, without running it."""
    try:
        module = ast.parse(file.read_text(encoding="utf-8"))
    except (SyntaxError, UnicodeDecodeError, OSError) as error:
        return Source(path=path, problems=(Problem(path, f"must be readable Python, is {error}"),))
    problems = tuple(_logic(module, path))
    classes = {} if problems else _imported(module)
    lines: dict[str, int] = {}
    for node in module.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Call):
            problems += tuple(_settings(value, "", classes, path, lines))
    return Source(path=path, lines=lines, problems=problems)


def _logic(module: ast.Module, path: str) -> Iterator[Problem]:
    """Yield whatever is more than a value: branches, loops, functions, arithmetic, f-strings."""
    for statement in module.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # The docstring.
        if not isinstance(statement, _STATEMENTS):
            yield _not_a_value(statement, path)
        elif isinstance(statement, ast.ImportFrom):
            if not (statement.module or "").startswith("model."):
                yield Problem(
                    f"{path}:{statement.lineno}",
                    f"must import from model only, imports {statement.module}",
                )
        else:
            for node in ast.walk(statement):
                if node is not statement and not isinstance(node, _VALUES):
                    yield _not_a_value(node, path)
                elif isinstance(node, ast.Call) and node.args:
                    yield Problem(f"{path}:{node.lineno}", "must name every value it passes")


def _not_a_value(node: ast.AST, path: str) -> Problem:
    line = getattr(node, "lineno", 0)
    return Problem(f"{path}:{line}", f"must hold values only, found {type(node).__name__}")


def _imported(module: ast.Module) -> dict[str, Any]:
    """Return what the file imports from the model, by the name it uses."""
    found = {}
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            imported = importlib.import_module(node.module)
            for alias in node.names:
                found[alias.asname or alias.name] = getattr(imported, alias.name, None)
    return found


def _settings(
    call: ast.Call, prefix: str, classes: Mapping[str, Any], path: str, lines: dict[str, int]
) -> Iterator[Problem]:
    """Note the line of every setting in *call*; yield the keywords that are not settings."""
    settings = classes.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if not (isinstance(settings, type) and has(settings)):
        yield Problem(f"{path}:{call.lineno}", f"must call classes of model, calls {_name(call)}")
        return
    known = [attribute.name for attribute in fields(settings) if _settable(attribute)]
    for keyword in call.keywords:
        setting = f"{prefix}{keyword.arg}"
        lines[setting] = keyword.value.lineno
        if keyword.arg not in known:
            yield Problem(
                f"{path}:{keyword.value.lineno}",
                f"{setting} must not be set here; approved are {', '.join(known)}",
            )
        elif isinstance(keyword.value, ast.Call):
            yield from _settings(keyword.value, f"{setting}.", classes, path, lines)
        elif isinstance(keyword.value, ast.Tuple):
            for index, item in enumerate(keyword.value.elts):
                lines[f"{setting}.{index}"] = item.lineno
                if isinstance(item, ast.Call):
                    yield from _settings(item, f"{setting}.{index}.", classes, path, lines)


def _settable(attribute: Attribute[Any]) -> bool:
    return "derived" not in attribute.metadata


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func)

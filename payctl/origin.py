"""Finds the line of our code that builds a resource, by the names of its constructs."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from audit.synthesized import FILE
from payctl.project import ROOT, Project


def construct_path(project: Project, stack: str, address: str) -> tuple[str, ...]:
    """Return the constructs around the resource at *address*, outermost first.

    cdktf leaves them as a comment in what it synthesizes.
    """
    type_, _, name = address.partition(".")
    file = project.output / "stacks" / stack / FILE
    document = json.loads(file.read_text(encoding="utf-8"))
    block = document.get("resource", {}).get(type_, {}).get(name, {})
    path = block.get("//", {}).get("metadata", {}).get("path", "")
    return tuple(path.split("/")[1:])


def built_at(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return where each construct of *path* is made, such as `stacks/payments.py:57 Table.create`.

    What cannot be found by its name is left out.
    """
    files = sorted([*(ROOT / "stacks").glob("*.py"), *(ROOT / "constructs_lib").rglob("*.py")])
    found: list[str] = []
    for name in path:
        here = [made for file in files for made in _made(file, name)]
        if len(here) == 1 or (here and not found):
            found.append(here[0])
    return tuple(found)


def _made(file: Path, name: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and len(node.args) > 1 and _names(node.args[1], name):
            where = f"{file.relative_to(ROOT)}:{node.lineno}"
            yield f"{where} {ast.unparse(node.func)}"


def _names(node: ast.expr, name: str) -> bool:
    """Tell whether a construct's id, literal or f-string, is *name*."""
    if isinstance(node, ast.Constant):
        return node.value == name
    if not isinstance(node, ast.JoinedStr):
        return False
    pattern = "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in node.values
    )
    return pattern != r"\w+" and bool(re.fullmatch(pattern, name))

"""The architecture holds: who may import whom, and where an environment may be named."""

import ast
import subprocess
import sys

import pytest

from model.source import read_source
from tests.conftest import ROOT

SHARED = ("main.py", "model", "stacks", "constructs_lib")
ENVIRONMENT_NAMES = {"dev", "staging", "prod"}


def python_files(*places: str) -> list[str]:
    """Return the Python files of files and folders, relative to the root."""
    found = []
    for place in places:
        path = ROOT / place
        files = [path] if path.is_file() else path.rglob("*.py")
        found += [str(file.relative_to(ROOT)) for file in files]
    return sorted(found)


def branches_on_environment(source: str) -> list[int]:
    """Return the lines of *source* that compare something with an environment's name [I3]."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        compared: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
        elif isinstance(node, ast.match_case):
            compared = [node.pattern]
        elif isinstance(node, ast.Subscript):
            compared = [node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"startswith", "endswith", "get"}:
                compared = list(node.args)
        elif isinstance(node, ast.Dict):
            compared = [key for key in node.keys if key is not None]
        constants = (c for part in compared for c in ast.walk(part) if isinstance(c, ast.Constant))
        lines += [c.lineno for c in constants if c.value in ENVIRONMENT_NAMES]
    return lines


@pytest.mark.parametrize("file", python_files(*SHARED))
def test_no_branch_on_the_name_of_an_environment(file: str) -> None:
    """Shared code compares nothing with the name of an environment [I3]."""
    assert branches_on_environment((ROOT / file).read_text()) == []


@pytest.mark.parametrize(
    "branch",
    [
        'if environment.name == "prod": pass',
        'x = 1 if name in ("dev", "staging") else 2',
        'sizes = {"prod": 3}[name]',
        'match name:\n  case "prod": pass',
        'if name.startswith("prod"): pass',
    ],
)
def test_a_branch_on_the_name_of_an_environment_is_found(branch: str) -> None:
    """The check above can fail."""
    assert branches_on_environment(branch) != []


@pytest.mark.parametrize("file", [f for f in python_files("envs") if "__init__" not in f])
def test_environment_files_hold_values_only(file: str) -> None:
    """A settings file has no logic, and sets nothing that is not a setting [I2]."""
    assert read_source(ROOT / file, file).problems == ()


@pytest.mark.parametrize("package", ["model", "audit"])
def test_pure_code_does_not_import_cdktf(package: str) -> None:
    """Rules and audits are readable and testable without the bindings."""
    modules = [
        file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for file in python_files(package)
    ]
    code = (
        f"import sys, {', '.join(modules)}; print('cdktf' in sys.modules or 'jsii' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("file", python_files("model", "stacks", "constructs_lib", "audit"))
def test_data_flows_one_way(file: str) -> None:
    """No room imports from one that comes after it."""
    later = {
        "model": {"stacks", "constructs_lib", "audit", "payctl", "envs"},
        "constructs_lib": {"stacks", "audit", "payctl", "envs"},
        "stacks": {"audit", "payctl", "envs"},
        "audit": {"stacks", "constructs_lib", "payctl", "envs"},
    }[file.split("/", maxsplit=1)[0]]
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert imported & later == set()


def test_files_are_small() -> None:
    """No Python file has more than 300 lines."""
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    sizes = {file: len((ROOT / file).read_text().splitlines()) for file in tracked}
    assert {file: size for file, size in sizes.items() if size > 300} == {}

"""The architecture holds: who may import whom, and where an environment may be named."""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

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


PACKAGES = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
)


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of *root*'s pyproject.toml on its own packages."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


def test_every_package_has_contracts() -> None:
    """A new package at the top is under contract from its first day."""
    there = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests"}
    assert set(PACKAGES) == there


def test_the_contracts_hold() -> None:
    """Data flows one way, settings and functions stand alone, and there are no circles."""
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("payctl/planted.py", "import devcloud.place"),
        ("payctl/planted.py", "from stacks.payments import PaymentsStack"),
        ("model/planted.py", "import cdktf"),
        ("model/planted.py", "import audit.finding"),
        ("functions/domain/planted.py", "import model.aws"),
        ("audit/planted.py", "import envs.payments.prod"),
        ("constructs_lib/data/planted.py", "import audit.finding"),
        ("model/variation.py", "import model.platform"),
    ],
)
def test_a_planted_import_breaks_a_contract(file: str, statement: str, tmp_path: Path) -> None:
    """The check above can fail; the last one closes a circle of model's files."""
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / file
    before = planted.read_text() if planted.exists() else ""
    planted.write_text(f"{before}\n{statement}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout


def test_names_are_spelled_in_one_place() -> None:
    """Only `model/names.py` knows what a resource's name begins with."""
    packages = [one for one in PACKAGES if one not in ("envs", "functions", "jsii_kernel")]
    spelled = {
        file
        for file in python_files("main.py", *packages)
        for node in ast.walk(ast.parse((ROOT / file).read_text()))
        if isinstance(node, ast.JoinedStr)
        and any(
            isinstance(part, ast.Constant) and "payment-" in str(part.value) for part in node.values
        )
    }
    assert spelled == set()


def test_files_are_small() -> None:
    """No Python file has more than 300 lines."""
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    sizes = {file: len((ROOT / file).read_text().splitlines()) for file in tracked}
    assert {file: size for file, size in sizes.items() if size > 300} == {}

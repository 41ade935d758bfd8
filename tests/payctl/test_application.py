"""Commands are imported when they are called, and all of them can be."""

import ast
import subprocess
import sys

import pytest

from payctl.application import APPLICATION, COMMANDS
from tests.conftest import ROOT

NAMES = [name for names in COMMANDS.values() for name in names]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_is_what_its_module_says(name: str) -> None:
    """Its help is its docstring, and its function can be imported."""
    function = APPLICATION[name].default_command
    assert function is not None
    assert function.__name__ == name
    assert APPLICATION[name].help.split() == (function.__doc__ or "").split()


def test_every_module_is_a_command() -> None:
    """No command is forgotten."""
    there = {file.stem for file in (ROOT / "payctl" / "commands").glob("[a-z]*.py")}
    assert set(NAMES) == there


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], {"boto3", "botocore", "rich.progress", "audit.policy", "cdktf"}),
        (["parity"], {"boto3", "botocore", "audit.policy", "cdktf", "checkov"}),
        (["synth", "--json"], {"boto3", "botocore", "audit.policy", "cdktf", "checkov"}),
        (["explain", "sizes_function_memory"], {"boto3", "cdktf", "checkov"}),
    ],
)
def test_what_is_not_needed_is_not_imported(arguments: list[str], heavy: set[str]) -> None:
    """A command that asks nobody imports no AWS, and one that shows no table imports no table."""
    program = (
        "import sys; from payctl.__main__ import run; "
        f"run({arguments!r}); print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    subprocess.run(  # What nobody has synthesized yet is now.
        [sys.executable, "main.py"], cwd=ROOT, check=True, capture_output=True
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert ast.literal_eval(done.stderr.splitlines()[-1]) == []

"""No handler imports what it does not use, and the tree stands alone."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = (
    "boto3",
    "pg8000",
    "aws_xray_sdk",
    "functions.storage.dynamodb_store",
    "functions.gateway.choice",
)
USED = {
    "validation": set(),
    "status": {"boto3", "aws_xray_sdk"},
    "processing": {"boto3", "aws_xray_sdk", "functions.gateway.choice"},
    "notification": {"boto3", "aws_xray_sdk"},
    "ingest": {"boto3", "aws_xray_sdk"},
    "verification": {"boto3", "aws_xray_sdk", "pg8000"},
    "migration": {"pg8000"},
}
PROGRAM = """
import sys
__import__(f"functions.handlers.{sys.argv[1]}.handler")
print(*sorted(sys.modules))
"""


def _imported(function: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, function],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("function", USED)
def test_imports_only_what_it_uses(function: str) -> None:
    """The heavy modules that a handler imports are those that it needs on every platform."""
    assert _imported(function).intersection(HEAVY) == USED[function]


@pytest.mark.parametrize("function", USED)
def test_imports_nothing_from_the_rest_of_the_project(function: str) -> None:
    """What runs in Lambda knows nothing of what deploys it."""
    roots = {name.split(".")[0] for name in _imported(function)}
    assert not roots & {"model", "envs", "stacks", "constructs_lib", "audit", "payctl", "cdktf"}


def test_every_function_is_listed() -> None:
    """A new function is measured as well."""
    handlers = (ROOT / "functions" / "handlers").glob("*/handler.py")
    assert {path.parent.name for path in handlers} == set(USED)

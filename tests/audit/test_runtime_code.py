"""Functions do the same in every environment: what says where they run decides nothing."""

from pathlib import Path

import pytest

from audit.runtime_code import runtime_findings

TELLING = {"ENVIRONMENT", "AUDIT_TABLE", "WEBHOOK_URL"}
BRANCHES = Path(__file__).with_name("runtime_branches.txt").read_text("utf-8").split("\n---\n")
"""Ways to find out where the code runs, and to do something else there."""

HARMLESS = (
    'import os\nlogger = Logger(environment=os.environ.get("ENVIRONMENT", "unknown"))',
    'import os\nlevel = os.environ.get("LOG_LEVEL", "INFO")\nverbose = level == "DEBUG"',
    (
        'class S:\n  table: str = variable("AUDIT_TABLE")\n'
        "def f(settings):\n  found = client.get_item(TableName=settings.table)\n"
        '  return 1 if "Item" in found else 2'
    ),
    (
        'class S:\n  table: str | None = optional_variable("AUDIT_TABLE")\n'
        "def f(settings):\n  if settings.table is None or not settings.table: return 1"
    ),
    (
        'class S:\n  url: str = variable("WEBHOOK_URL")\n'
        'def f(settings):\n  text = f"{settings.url}/x"\n  return post(text.encode())'
    ),
    "def f(amount):\n  return 1 if amount > 3 else 2",
)
"""What functions do all the time."""


@pytest.mark.parametrize("source", BRANCHES)
def test_a_decision_by_the_environment_is_found(source: str) -> None:
    """Whatever way code takes to ask where it runs, the line is named."""
    found = runtime_findings({"functions/x.py": source}, TELLING)
    assert found
    assert all(finding.where.startswith("functions/x.py:") for finding in found)


@pytest.mark.parametrize("source", HARMLESS)
def test_what_is_passed_on_is_left_alone(source: str) -> None:
    """Names of tables and environments may be logged, passed on and asked for their presence."""
    assert runtime_findings({"functions/x.py": source}, TELLING) == []


def test_a_value_is_followed_through_modules() -> None:
    """What one module reads and another compares is found where it is compared."""
    sources = {
        "settings.py": 'class S:\n  environment: str = variable("ENVIRONMENT")',
        "handler.py": "def f(settings):\n  run(settings.environment, 3)",
        "work.py": 'def run(where, times):\n  return times if where == "prod" else 1',
    }
    assert [f.where for f in runtime_findings(sources, TELLING)] == ["work.py:2"]


def test_code_that_cannot_be_read() -> None:
    """What is no Python is a finding, never silence."""
    [finding] = runtime_findings({"x.py": "def ("}, TELLING)
    assert "must be Python" in finding.message

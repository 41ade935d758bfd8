"""Findings are written down for people, programs, GitHub and scanners."""

import json

from audit.finding import ABSENT, Finding, Severity
from audit.report import as_json, exit_status, github, sarif, shown, table, text

FINDINGS = (
    Finding(
        rule="tags", where="aws_b.c", path="tags", message="50%\nmore", severity=Severity.WARNING
    ),
    Finding(
        rule="parity",
        where="aws_lambda_function.f",
        path="timeout",
        message="must be the same",
        values={"dev": 30, "prod": ABSENT},
    ),
)


def test_text() -> None:
    """A finding is where, what must hold, and what each environment has; errors come first."""
    assert text(FINDINGS).splitlines() == [
        "error: aws_lambda_function.f.timeout: must be the same",
        "    dev   30",
        "    prod  (absent)",
        "warning: aws_b.c.tags: 50%",
        "more",
    ]
    assert text(()) == ""


def test_table() -> None:
    """A table has a head and columns."""
    lines = table(FINDINGS)
    assert lines[0].split() == ["severity", "rule", "where", "message"]
    assert len({line.index("  ") for line in lines[:1]}) == 1
    assert table(()) == []


def test_json() -> None:
    """JSON has every field, and is the same whatever the order."""
    assert as_json(FINDINGS) == as_json(reversed(FINDINGS))
    first = json.loads(as_json(FINDINGS))[0]
    assert first["values"] == {"dev": 30, "prod": "(absent)"}
    assert first["severity"] == "error"


def test_github() -> None:
    """Workflow commands keep to one line each."""
    assert github(FINDINGS).splitlines() == [
        "::error title=parity::aws_lambda_function.f.timeout: must be the same",
        "::warning title=tags::aws_b.c.tags: 50%25%0Amore",
    ]


def test_sarif() -> None:
    """SARIF names the rules and where they found something."""
    [run] = json.loads(sarif(FINDINGS, locate=lambda _: ("envs/x/dev.py", 7)))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["parity", "tags"]
    assert run["results"][0]["locations"][0]["logicalLocations"] == [
        {"fullyQualifiedName": "aws_lambda_function.f.timeout"}
    ]


def test_shown() -> None:
    """A long value is cut."""
    assert len(shown("x" * 500)) == 60
    assert shown({"a": 1}) == '{"a": 1}'


def test_exit_status() -> None:
    """Errors fail, warnings do not."""
    assert exit_status(FINDINGS) == 1
    assert exit_status(FINDINGS[:1]) == 0

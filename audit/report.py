"""Writes findings down: as a table, as JSON, for GitHub, as SARIF; always returns the text."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from audit.finding import ABSENT, Finding, Severity

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_WIDEST: Final = 60


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* in an order that is the same every time."""
    return sorted(findings, key=lambda f: (f.severity.value, f.rule, f.where, f.path, f.message))


def text(findings: Iterable[Finding]) -> str:
    """Return one paragraph per finding: where, what must hold, what each environment has."""
    lines: list[str] = []
    for finding in ordered(findings):
        lines.append(f"{finding.severity.value}: {place(finding)}: {finding.message}")
        width = max((len(name) for name in finding.values), default=0)
        for name, value in finding.values.items():
            lines.append(f"    {name:<{width}}  {shown(value)}")
    return "\n".join(lines)


def table(findings: Iterable[Finding]) -> list[str]:
    """Return the lines of a table, its head first; none where nothing was found."""
    rows = [(f.severity.value, f.rule, place(f), f.message) for f in ordered(findings)]
    if not rows:
        return []
    head = ("severity", "rule", "where", "message")
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head) - 1)]
    return [_line(row, widths) for row in (head, *rows)]


def as_json(findings: Iterable[Finding]) -> str:
    """Return a JSON list of objects, byte for byte the same for the same findings."""
    return json.dumps([plain(f) for f in ordered(findings)], indent=2, ensure_ascii=False)


def github(findings: Iterable[Finding]) -> str:
    """Return workflow commands, which GitHub shows beside the run."""
    return "\n".join(
        f"::{f.severity.value} title={_property(f.rule)}::{_data(f'{place(f)}: {f.message}')}"
        for f in ordered(findings)
    )


Locate = Callable[[Finding], tuple[str, int]]
"""Returns file and line of a finding."""


def sarif(findings: Iterable[Finding], *, locate: Locate, version: str = "0.1.0") -> str:
    """Return SARIF 2.1.0, each finding with its file and line, and its address as logical location.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; GitHub needs physical
    locations.
    """
    found = ordered(findings)
    document = {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "payctl",
                        "version": version,
                        "rules": [{"id": rule} for rule in sorted({f.rule for f in found})],
                    }
                },
                "results": [_result(finding, *locate(finding)) for finding in found],
            }
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def junit(findings: Iterable[Finding]) -> str:
    """Return JUnit's XML: a test case for each finding, failed where it is an error."""
    found = ordered(findings)
    failed = [finding for finding in found if finding.severity is Severity.ERROR]
    suite = ET.Element("testsuite", name="payctl", tests=str(len(found)), failures=str(len(failed)))
    for finding in found:
        case = ET.SubElement(suite, "testcase", classname=finding.rule, name=place(finding))
        kind = "failure" if finding in failed else "system-out"
        ET.SubElement(case, kind).text = finding.message
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode")


def plain(finding: Finding) -> dict[str, Any]:
    """Return *finding* as JSON knows it; what is absent is the text "(absent)"."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "where": finding.where,
        "path": finding.path,
        "message": finding.message,
        "values": {
            name: str(value) if value is ABSENT else value for name, value in finding.values.items()
        },
    }


def place(finding: Finding) -> str:
    """Return the address with the attribute, such as `aws_sqs_queue.q.name`."""
    if not finding.path or finding.path.startswith("["):
        return f"{finding.where}{finding.path}"
    return f"{finding.where}.{finding.path}"


def shown(value: object) -> str:
    """Return a value on one line, cut where it is too long to be read."""
    written = str(value) if value is ABSENT else json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= _WIDEST else f"{written[: _WIDEST - 1]}…"


def exit_status(findings: Iterable[Finding]) -> int:
    """Return 1 when there is an error among *findings*, 0 otherwise."""
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
    return "  ".join((*cells, row[-1]))


def _result(finding: Finding, file: str, line: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "level": finding.severity.value,
        "message": {"text": f"{place(finding)}: {finding.message}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": file},
                    "region": {"startLine": line},
                },
                "logicalLocations": [{"fullyQualifiedName": place(finding)}],
            }
        ],
        "properties": {"values": plain(finding)["values"]},
    }


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")

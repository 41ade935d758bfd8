"""Stand-ins for third-party scanners, which need not be installed."""

import stat
from pathlib import Path

import pytest


@pytest.fixture
def checkov_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file whose content a stand-in for checkov prints."""
    program, answer = tmp_path / "checkov", tmp_path / "answer"
    program.write_text(f"#!/bin/sh\ncat {answer}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAYCTL_CHECKOV", str(program))
    return answer


@pytest.fixture
def no_judges(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the judges of CloudFormation be missing, whether they are or not."""
    monkeypatch.delenv("PAYCTL_JUDGES", raising=False)
    monkeypatch.setattr("payctl.judges.environment._INSTALLED", tmp_path / "no judges")

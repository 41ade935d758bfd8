"""Scanners are gates where they are installed, and reported as skipped elsewhere."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audit.finding import Finding
from audit.suppression import Suppression
from devcloud.artefacts import INVENTIONS
from payctl import gates
from payctl.commands.policy import without_invented
from payctl.errors import CannotError, ToolMissingError
from payctl.gates import outside_findings, passed
from payctl.project import Project
from payctl.referee import Referee, Verdict
from payctl.selection import Selection

pytestmark = pytest.mark.usefixtures("no_judges")
Says = Callable[..., None]
Output = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the smallest platform, synthesized."""
    return Project.synthesized(
        Selection(platform="graviton"), output=tmp_path_factory.mktemp("graviton")
    )


@pytest.fixture
def says(checkov_answer: Path) -> Says:
    """Return what makes a stand-in for checkov find *failures*, each a check of a resource."""

    def write(*failures: tuple[str, str], passed: int = 1) -> None:
        failed = [
            {
                "check_id": check,
                "check_name": "Sound",
                "file_path": "/graviton-dev.tf.json",
                "resource": f"resource.{name}",
            }
            for check, name in failures
        ]
        summary = {"passed": passed, "failed": len(failed), "parsing_errors": 0}
        checkov_answer.write_text(
            json.dumps({"results": {"failed_checks": failed}, "summary": summary})
        )

    return write


@pytest.fixture
def no_suppressions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Suppress nothing."""
    monkeypatch.setattr(gates, "suppressions", lambda _: ())


@pytest.mark.usefixtures("no_suppressions")
def test_what_it_finds_closes_the_gate(project: Project, says: Says, capsys: Output) -> None:
    """A scanner's finding blocks as one of ours does, at the resource's address."""
    says(("CKV_AWS_1", "blueprint"))
    assert not passed(project)
    said = capsys.readouterr().err
    assert "aws_ssm_parameter.blueprint" in said
    assert "Checks failed" in said


@pytest.mark.usefixtures("no_suppressions")
def test_what_it_passes_is_counted(project: Project, says: Says, capsys: Output) -> None:
    """The gate is open, and the number of checks is told."""
    says(passed=17)
    assert passed(project)
    assert "checkov: evaluated 17 checks" in capsys.readouterr().err


@pytest.mark.usefixtures("no_suppressions")
def test_no_check_is_no_pass(project: Project, says: Says) -> None:
    """Zero evaluated checks is "could not check"."""
    says(passed=0)
    with pytest.raises(CannotError, match="evaluated none"):
        passed(project)


def test_a_suppression_that_nothing_needs(project: Project, says: Says) -> None:
    """What the scanner no longer finds need no longer be suppressed."""
    says()
    assert {finding.rule for finding in outside_findings(project, ())} == {"suppression"}


@pytest.mark.usefixtures("no_suppressions")
def test_its_absence_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Output
) -> None:
    """Without it our own gates decide, and the output says how to install it."""
    monkeypatch.delenv("PAYCTL_CHECKOV", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("payctl.checkov._INSTALLED", tmp_path)
    assert passed(project)
    said = capsys.readouterr().err
    assert "is not installed; skipped" in said
    assert "pip install checkov==" in said


def test_one_that_is_named_must_be_there(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wrong name is no way to do without."""
    monkeypatch.setenv("PAYCTL_CHECKOV", str(tmp_path / "nothing"))
    with pytest.raises(ToolMissingError, match="is no program"):
        passed(project)


def test_only_what_an_emulator_invents_is_left_out(capsys: Output) -> None:
    """Each is reported; everything else stays."""
    findings = [Finding(rule=rule, where="aws_x.y", message="m") for rule in ("CKV_1", *INVENTIONS)]
    assert list(without_invented(findings, INVENTIONS)) == findings[:1]
    said = capsys.readouterr().err
    assert all(rule in said for rule in INVENTIONS)


def judges(*found: Finding, is_installed: bool = True) -> Referee:
    """Return stand-ins for the judges of CloudFormation."""
    return Referee(
        id="cloudformation",
        name="the judges",
        counts="resources",
        is_installed=lambda: is_installed,
        how_to_install=lambda: "install them",
        judged=lambda _: Verdict(evaluated=1, findings=found),
    )


@pytest.mark.usefixtures("no_suppressions")
def test_every_scanner_is_a_gate(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """What AWS would refuse is neither planned nor deployed."""
    finding = Finding(rule="E3510", where="aws_iam_policy.boundary", message="must be accepted")
    monkeypatch.setattr(gates, "REFEREES", (judges(finding),))
    assert not passed(project)
    assert "aws_iam_policy.boundary: must be accepted" in capsys.readouterr().err


@pytest.mark.parametrize("is_installed", [True, False])
def test_suppressions_of_scanners_that_did_not_run_are_left_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    """A suppression is unused only where its scanner ran, and found nothing."""
    unused = Suppression(where="aws_x.y", rule="W2531", reason="It is old.", expires=dt.date.max)
    monkeypatch.setattr(gates, "suppressions", lambda _: (unused,))
    monkeypatch.setattr(gates, "REFEREES", (judges(is_installed=is_installed),))
    assert passed(project) is not is_installed

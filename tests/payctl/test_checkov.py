"""A scanner that evaluated nothing is no pass."""

from pathlib import Path

import pytest

from payctl.checkov import judged_plan
from payctl.errors import CannotError, ToolMissingError


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (
            (
                '{"results": {"failed_checks": []},'
                ' "summary": {"passed": 0, "failed": 0, "parsing_errors": 0}}'
            ),
            "evaluated none",
        ),
        ('{"passed": 0, "failed": 0}', "evaluated none"),
        ("[]", "evaluated none"),
        (
            (
                '{"results": {"failed_checks": []},'
                ' "summary": {"passed": 9, "failed": 0, "parsing_errors": 1}}'
            ),
            "must be able to read",
        ),
        ("Traceback", "no report"),
        ("", "no report"),
    ],
)
def test_silence_is_no_pass(answer: str, complaint: str, checkov_answer: Path) -> None:
    """No check, a file that could not be parsed, no report: each is "could not check"."""
    checkov_answer.write_text(answer)
    with pytest.raises(CannotError, match=complaint):
        judged_plan(Path("plan.json"))


def test_a_failure_is_a_finding_at_the_address(checkov_answer: Path) -> None:
    """The instances of a block are one finding."""
    checkov_answer.write_text(
        '{"results": {"failed_checks": ['
        '{"check_id": "CKV_1", "check_name": "Sound", "resource": "aws_x.y[0]"},'
        '{"check_id": "CKV_1", "check_name": "Sound", "resource": "aws_x.y[1]"}]},'
        ' "summary": {"passed": 5, "failed": 2, "parsing_errors": 0}}'
    )
    verdict = judged_plan(Path("plan.json"))
    assert verdict.evaluated == 7
    assert [(f.rule, f.where) for f in verdict.findings] == [("CKV_1", "aws_x.y")]


def test_a_missing_checkov_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message has the command."""
    monkeypatch.delenv("PAYCTL_CHECKOV", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("payctl.checkov._INSTALLED", tmp_path)
    with pytest.raises(ToolMissingError) as caught:
        judged_plan(Path("plan.json"))
    assert "pip install checkov==" in caught.value.next_step

"""What is proved is shown, and what goes through is a finding."""

import pytest

from audit.proof.request import Request, Verdict
from payctl.proof_view import findings_in, show_verdicts, verdicts_json

APART = Verdict(here="dev", there="prod", principals=4, resources=19)
REQUEST = Request(
    principal="arn:aws:iam::123456789012:role/payment-x-dev",
    action="s3:getobject",
    resource="arn:aws:s3:::payment-audit-prod-345678901234/x",
    context={"aws:securetransport": "true"},
    let_in_by="aws_s3_bucket_policy.audit",
)
OPEN = Verdict(here="staging", there="prod", principals=4, resources=19, request=REQUEST)


def test_findings() -> None:
    """A request is a finding where it is allowed; a proof is none."""
    [finding] = findings_in((APART, OPEN))
    assert finding.where == "aws_s3_bucket_policy.audit"
    assert "must let nothing from staging into prod" in finding.message
    assert "may s3:getobject on arn:aws:s3:::payment-audit-prod-345678901234/x" in finding.message


def test_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """Each pair has a line, and each request is printed."""
    show_verdicts((APART, OPEN))
    printed = capsys.readouterr().out
    assert "unsat" in printed
    assert str(REQUEST) in printed.replace("\n", " ")


def test_json() -> None:
    """The same as a document."""
    apart, through = verdicts_json((APART, OPEN))
    assert apart["verdict"] == "unsat"
    assert apart["request"] is None
    assert through["request"] == {
        "principal": REQUEST.principal,
        "action": REQUEST.action,
        "resource": REQUEST.resource,
        "context": {"aws:securetransport": "true"},
        "let_in_by": REQUEST.let_in_by,
    }

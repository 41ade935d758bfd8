"""Judges that looked at nothing have not passed anything."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from audit.cloudformation.coverage import RULE
from audit.synthesized import Stack
from payctl.errors import CannotError, ToolMissingError
from payctl.judges.judged import judged_stacks
from tests.payctl.judges.conftest import (
    ALL_BY_CFN_LINT,
    ALL_BY_ENGINE,
    STACK,
    Says,
    match,
    report,
    violation,
)

LINT: Final = json.dumps(ALL_BY_CFN_LINT)
QUEUE: Final = {"aws_sqs_queue": {"q": {"name": "q"}}}


def stacks(resources: Mapping[str, Any] = QUEUE) -> dict[str, Stack]:
    """Return one stack with *resources*."""
    provider = {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["123456789012"]}]}
    return {STACK: Stack.from_json(STACK, {"resource": resources, "provider": provider})}


def test_what_they_find_is_at_the_terraform_address(says: Says) -> None:
    """Both judges speak of properties; a finding speaks of the resource."""
    says(
        engine=report(*ALL_BY_ENGINE, violation("SqsQueueQ", "pf-x", "VisibilityTimeout")),
        lint=json.dumps([*ALL_BY_CFN_LINT, match("SqsQueueQ", "E3030", "Tags", 0, "Key")]),
    )
    verdict = judged_stacks(stacks())
    assert [(f.rule, f.where, f.path) for f in verdict.findings] == [
        ("E3030", "aws_sqs_queue.q", "[Tags.0.Key]"),
        ("pf-x", "aws_sqs_queue.q", "[VisibilityTimeout]"),
    ]
    assert verdict.evaluated == 1


def test_what_is_about_templates_is_left_out(says: Says) -> None:
    """How one should write a template says nothing about Terraform."""
    says(engine=report(*ALL_BY_ENGINE, violation("SqsQueueQ", "W3010")), lint=LINT)
    assert judged_stacks(stacks()).findings == ()


def test_what_no_table_knows_is_a_finding(says: Says) -> None:
    """Whatever the judges cannot be told is somebody's decision."""
    says(engine=report(*ALL_BY_ENGINE), lint=LINT)
    [finding] = judged_stacks(stacks({"aws_msk_cluster": {"m": {}}})).findings
    assert (finding.rule, finding.where) == (RULE, "aws_msk_cluster.m")


@pytest.mark.parametrize(
    ("engine", "lint", "complaint"),
    [
        (report(), LINT, "the validation engine .* did not find what is planted"),
        (report(*ALL_BY_ENGINE[1:]), LINT, "the validation engine .* did not find"),
        (report(*ALL_BY_ENGINE), "[]", "cfn-lint did not find what is planted"),
        (report(*ALL_BY_ENGINE, conclusion="failure"), LINT, "did not come to its end"),
        (None, LINT, "no report"),
        ("{}", LINT, "no report"),
        (report(*ALL_BY_ENGINE), "Traceback", "no report"),
        (
            report(*ALL_BY_ENGINE),
            json.dumps([*ALL_BY_CFN_LINT, match("SqsQueueQ", "E0002")]),
            "could not check",
        ),
    ],
)
def test_silence_is_no_pass(engine: str | None, lint: str, complaint: str, says: Says) -> None:
    """Nothing found, not even what is planted, or no report: each is "could not check"."""
    says(engine=engine, lint=lint)
    with pytest.raises(CannotError, match=complaint):
        judged_stacks(stacks())


def test_each_template_must_have_been_judged(says: Says) -> None:
    """What was found in one stack proves nothing of another."""
    says(engine=report(*ALL_BY_ENGINE), lint=LINT)
    both = stacks() | {"another": stacks()[STACK]}
    with pytest.raises(CannotError, match="in another"):
        judged_stacks(both)


def test_a_crash_is_no_pass(says: Says) -> None:
    """A judge that ends with an error has not judged."""
    says(engine=report(*ALL_BY_ENGINE), lint=LINT, status=1)
    with pytest.raises(CannotError, match="failed among the validators"):
        judged_stacks(stacks())


def test_missing_judges_say_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The message has the command; one that is named must be there."""
    monkeypatch.delenv("PAYCTL_JUDGES", raising=False)
    monkeypatch.setattr("payctl.judges.environment._INSTALLED", tmp_path)
    with pytest.raises(ToolMissingError) as caught:
        judged_stacks(stacks())
    assert "pip install -r" in caught.value.next_step
    monkeypatch.setenv("PAYCTL_JUDGES", str(tmp_path / "nothing"))
    with pytest.raises(ToolMissingError, match="is no environment"):
        judged_stacks(stacks())

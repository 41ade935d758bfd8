"""An approval is of one plan; evidence is of one release, and not of yesterday's."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict, evolve

from audit.errors import CouldNotCheckError
from audit.plan_id import plan_id
from payctl.approval import Approval
from payctl.evidence import Evidence


def plan(after: object, *actions: str, **more: object) -> dict[str, Any]:
    """Return a plan of one change."""
    change = {"actions": list(actions or ["update"]), "before": {"timeout": 1}, "after": after}
    entry = {"address": "aws_x.y", "type": "aws_x", "mode": "managed", "change": change}
    return {"format_version": "1.2", "resource_changes": [entry], **more}


def test_the_moment_is_not_in_the_name_of_a_plan() -> None:
    """The same plan, made again, is the approved one."""
    one, other = (plan({"timeout": 2}, timestamp=moment) for moment in ("10:00", "11:00"))
    assert plan_id(one) == plan_id(other)


@pytest.mark.parametrize(
    "other",
    [
        plan({"timeout": 3}),
        plan({"timeout": 2}, "delete", "create"),
        plan({"timeout": 2}, output_changes={"url": {"actions": ["update"], "after": "x"}}),
    ],
)
def test_another_value_action_or_output_is_another_plan(other: dict[str, Any]) -> None:
    """Whoever approved 2 seconds did not approve 3."""
    assert plan_id(plan({"timeout": 2})) != plan_id(other)


def test_what_stays_is_not_in_the_name() -> None:
    """AWS counts items of a table; nobody approves that."""
    quiet = {"format_version": "1.2", "resource_changes": []}
    assert plan_id(quiet) == plan_id(plan({"timeout": 1}, "no-op"))


def test_a_file_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    """The hash that was approved comes another way than the file."""
    approval = Approval.of("r1", {"x-prod": plan({"timeout": 2})})
    approval.write(tmp_path / "plan.json")
    assert Approval.read(tmp_path / "plan.json", approval.sha256) == approval
    evolve(approval, plans={"x-prod": "other"}).write(tmp_path / "plan.json")
    with pytest.raises(CouldNotCheckError, match="must be the plan that was approved"):
        Approval.read(tmp_path / "plan.json", approval.sha256)
    with pytest.raises(CouldNotCheckError, match="must be what payctl plan wrote"):
        Approval.read(tmp_path / "nothing.json", approval.sha256)


def test_a_summary_says_what_is_lost() -> None:
    """In the one line that the approver reads."""
    lost = plan(None, "delete")
    lost["resource_changes"][0]["type"] = "aws_dynamodb_table"
    said = Approval.of("r1", {"x-prod": lost}).summary
    assert said == "x-prod: 1 destroyed, DATA LOSS in 1."


GOOD = Evidence(
    environment="staging",
    release="r1",
    at=dt.datetime.now(tz=dt.UTC).isoformat(),
    stacks={"x-staging": {"outcome": "applied", "release": "r1"}},
    apart=[],
    aws=True,
)


def test_good_evidence(tmp_path: Path) -> None:
    """Written, read, and without objection."""
    GOOD.write(tmp_path)
    found = Evidence.read(tmp_path, "staging")
    assert asdict(found) == asdict(GOOD)
    assert list(found.objections("r1", ("x-staging",), aws=True)) == []


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        (evolve(GOOD, release="r0"), "must run release r1"),
        (evolve(GOOD, at="2026-01-01T00:00:00+00:00"), "8 days old at most"),
        (evolve(GOOD, at="2999-01-01T00:00:00+00:00"), "8 days old at most"),
        (evolve(GOOD, aws=False), "must come from where this deployment goes"),
        (evolve(GOOD, stacks={}), "x-staging must have been deployed, was not"),
        (evolve(GOOD, stacks={"x-staging": {"outcome": "failed", "release": "r1"}}), "failed"),
        (
            evolve(
                GOOD,
                stacks={
                    "x-staging": {"outcome": "applied", "release": "r1", "unsettled": ["aws_x.y"]}
                },
            ),
            "must be empty",
        ),
        (evolve(GOOD, apart=["drift at x"]), "without drift: drift at x"),
    ],
)
def test_evidence_that_proves_nothing(evidence: Evidence, said: str) -> None:
    """Of another release, too old, from an emulator, half, or with drift."""
    assert any(said in line for line in evidence.objections("r1", ("x-staging",), aws=True))


def test_no_evidence_is_no_proof(tmp_path: Path) -> None:
    """An artifact that is not there says so."""
    with pytest.raises(CouldNotCheckError, match="must be the evidence"):
        Evidence.read(tmp_path, "staging")

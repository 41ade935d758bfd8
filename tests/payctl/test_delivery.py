"""A deployment hides nothing: what differs stops it, is repaired, or stays on record."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import frozen

from audit.synthesized import read_stack
from payctl.aws.records import Records
from payctl.delivery import Orders, deliver
from payctl.errors import TerraformError
from payctl.record import Outcome, Record
from payctl.terraform.session import Session
from payctl.terraform.terraform import Terraform
from payctl.terraform.workspace import Workspace
from tests.payctl.account import InMemory, play

FUNCTION, BUCKET, RULE = "aws_lambda_function.f", "aws_s3_bucket.b", "aws_s3_bucket_versioning.v"
Json = dict[str, Any]
STACK = {
    "locals": {"deployment_confirmation": "", "size": 1},
    "terraform": {"backend": {"s3": {"bucket": "states", "key": "s", "region": "us-east-1"}}},
}
STATE = {"version": 4, "serial": 7, "lineage": "l", "resources": [{"mode": "managed"}]}


def entry(address: str, before: object, after: object, *actions: str) -> Json:
    """Return an entry of a plan."""
    change = {"before": before, "after": after, "actions": list(actions or ["update"])}
    type_ = address.partition(".")[0]
    return {"address": address, "type": type_, "mode": "managed", "change": change}


def plan(reality: dict[str, Json], *, drift: tuple[Json, ...] = (), changes: tuple[Json, ...] = (),
         refers: tuple[str, str] = ("", "")) -> Json:  # fmt: skip
    """Return a plan that found *reality*."""
    resources = [
        {"address": a, "type": a.partition(".")[0], "mode": "managed", "values": values}
        for a, values in reality.items()
    ]
    referring = {"address": refers[0], "expressions": {"x": {"references": [refers[1]]}}}
    return {
        "format_version": "1.2",
        "complete": True,
        "resource_drift": list(drift),
        "resource_changes": list(changes),
        "prior_state": {"values": {"root_module": {"resources": resources}}},
        "configuration": {"root_module": {"resources": [referring]}},
    }


OURS, THEIRS = {FUNCTION: {"code_sha256": "ours"}}, {FUNCTION: {"code_sha256": "theirs"}}
BY_HAND = entry(FUNCTION, OURS[FUNCTION], THEIRS[FUNCTION])
CLEAN = plan(OURS)


@frozen(kw_only=True)
class Stage:
    """One stack in one account, with a Terraform that plays plans."""

    session: Session
    player: Path
    access: InMemory

    def commands(self) -> list[str]:
        """Return what Terraform was asked."""
        return (self.player / "commands").read_text().splitlines()

    def applied(self) -> int:
        """Return how often a plan was applied."""
        return sum(line.endswith("plan.bin") and "apply" in line for line in self.commands())

    @property
    def records(self) -> Records:
        """The records of the stack."""
        return Records.of(self.session.workspace.stack, self.access)

    def last(self) -> Record:
        """Return the last record."""
        found = self.records.last()
        assert found is not None
        return found


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Stage]:
    """Return a function that sets the stage for some plans."""

    def made(*plans: Json) -> Stage:
        folder = tmp_path / "stacks" / "x-dev"
        folder.mkdir(parents=True)
        (tmp_path / "archives").mkdir()
        (folder / "cdk.tf.json").write_text(json.dumps(STACK))
        program = play(tmp_path / "player", list(plans))
        monkeypatch.setattr("payctl.terraform.terraform.program", lambda: str(program))
        access = InMemory()
        access.bucket.objects["s"] = json.dumps(STATE).encode()
        stack = read_stack(folder)
        workspace = Workspace(folder=folder, stack=stack, access=access)
        session = Session(
            project=SimpleNamespace(  # type: ignore[arg-type]
                name="nothing", stacks={"x-dev": stack}, output=tmp_path
            ),
            environment=SimpleNamespace(identity=SimpleNamespace(name="dev")),  # type: ignore[arg-type]
            terraform=Terraform(workspace=workspace),
        )
        return Stage(session=session, player=program.parent, access=access)

    return made


Staged = Callable[..., Stage]


def test_what_no_plan_repairs_stops_the_deployment(
    stage: Staged, capsys: pytest.CaptureFixture[str]
) -> None:
    """Case `deploy-launders-drift`: the stranger's code is named, and nothing is applied."""
    stranger = stage(plan(THEIRS, drift=(BY_HAND,)))
    assert not deliver(stranger.session, Orders())
    assert stranger.applied() == 0
    assert not any("-refresh-only" in line for line in stranger.commands())
    said = capsys.readouterr()
    assert f"no plan repairs {FUNCTION} code_sha256: --repair makes it anew" in said.err
    assert "theirs" in said.out


def test_repair_makes_it_anew(stage: Staged) -> None:
    """The function is replaced, and the plan after it finds what was deployed."""
    anew = entry(FUNCTION, THEIRS[FUNCTION], OURS[FUNCTION], "delete", "create")
    stranger = stage(
        plan(THEIRS, drift=(BY_HAND,)),
        plan(THEIRS, drift=(BY_HAND,), changes=(anew,)),
        CLEAN,
    )
    assert deliver(stranger.session, Orders(repair=True))
    assert any(f"-replace={FUNCTION}" in line for line in stranger.commands())
    assert stranger.records.baseline(stranger.last()) == OURS


def test_what_is_accepted_stays_on_record_and_in_the_measure(stage: Staged) -> None:
    """The state has the stranger's hash; the baseline has ours, and the reason is there."""
    after = plan(THEIRS, drift=(BY_HAND,))
    stranger = stage(after, after)
    assert deliver(stranger.session, Orders(accept="a fix until Monday"))
    record = stranger.last()
    assert [(one.address, one.reason) for one in record.left] == [(FUNCTION, "a fix until Monday")]
    assert stranger.records.baseline(record) == OURS


def test_an_echo_is_taken_over(stage: Staged) -> None:
    """A bucket learns of its versioning, which this apply made."""
    before: dict[str, Json] = {BUCKET: {"versioning": []}}
    after: dict[str, Json] = {BUCKET: {"versioning": ["on"]}}
    echo = entry(BUCKET, before[BUCKET], after[BUCKET])
    made = entry(RULE, None, {}, "create")
    echoing = stage(
        plan(before, changes=(made,), refers=(RULE, BUCKET)), plan(after, drift=(echo,))
    )
    assert deliver(echoing.session, Orders())
    assert echoing.records.baseline(echoing.last()) == after


def test_what_came_meanwhile_is_no_echo(stage: Staged) -> None:
    """Nothing of this apply touched the function; it stays drift, and the exit status says so."""
    made = entry(RULE, None, {}, "create")
    meanwhile = stage(plan(OURS, changes=(made,)), plan(THEIRS, drift=(BY_HAND,)))
    assert not deliver(meanwhile.session, Orders())
    assert meanwhile.records.baseline(meanwhile.last()) == OURS


def test_a_plan_that_is_not_empty_after_the_apply_is_said(
    stage: Staged, capsys: pytest.CaptureFixture[str]
) -> None:
    """And it blocks the promotion."""
    again = entry(FUNCTION, {"timeout": 1}, {"timeout": 2})
    endless = stage(plan(OURS, changes=(again,)), plan(OURS, changes=(again,)))
    assert not deliver(endless.session, Orders())
    assert endless.last().unsettled == (FUNCTION,)
    assert "must be empty right after the apply" in capsys.readouterr().err


def test_the_intent_is_there_before_the_apply_and_the_record_after_it(stage: Staged) -> None:
    """A kill in between leaves `begun`."""
    made = stage(plan(OURS, changes=(entry(RULE, None, {}, "create"),)), CLEAN)
    seen: list[tuple[str, int]] = []
    put = made.access.bucket.put_object

    def noted(*, Key: str, Body: bytes, **_: object) -> None:  # noqa: N803 - boto3's
        put(Key=Key, Body=Body)
        if Key.endswith("latest.json"):
            seen.append((json.loads(Body)["outcome"], made.applied()))

    bucket = made.access.bucket
    object.__setattr__(made.access, "bucket", SimpleNamespace(
        put_object=noted, get_object=bucket.get_object, head_object=bucket.head_object
    ))  # fmt: skip
    assert deliver(made.session, Orders())
    assert seen == [("begun", 0), ("applied", 1)]


def test_a_failed_apply_is_recorded_as_such(stage: Staged) -> None:
    """With Terraform's reason, the state it left, and what is there."""
    failing = stage(plan(OURS, changes=(entry(RULE, None, {}, "create"),)))
    (failing.player / "fails").touch()
    with pytest.raises(TerraformError, match="no money"):
        deliver(failing.session, Orders())
    record = failing.last()
    assert record.outcome is Outcome.FAILED
    assert "no money" in record.problem
    assert (record.lineage, record.serial) == ("l", 7)


def test_each_deployment_has_a_record_of_its_own(stage: Staged) -> None:
    """The last one overwrites no other."""
    twice = stage(CLEAN)
    assert deliver(twice.session, Orders(override="first"))
    assert deliver(twice.session, Orders())
    assert [record.override for record in twice.records.all()] == ["", "first"]


def test_what_was_accepted_before_stays_drift_for_its_reason(stage: Staged) -> None:
    """The next deployment neither asks again nor takes the stranger's code for the measure."""
    after = plan(THEIRS, drift=(BY_HAND,))
    stranger = stage(after, after, plan(THEIRS), plan(THEIRS))
    assert deliver(stranger.session, Orders(accept="a fix until Monday"))
    assert deliver(stranger.session, Orders())
    assert [record.left[0].reason for record in stranger.records.all()] == [
        "a fix until Monday",
        "a fix until Monday",
    ]
    assert stranger.records.baseline(stranger.last()) == OURS

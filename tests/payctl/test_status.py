"""A line of `payctl status` is of one deployment, and says when that is no good news."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from audit.release import release_id
from payctl.access import Access
from payctl.aws.records import Records
from payctl.commands import status
from payctl.errors import AccessError
from payctl.project import Project
from payctl.record import Outcome, Record
from tests.payctl.account import InMemory
from tests.payctl.test_promotion import RECORD, STACKS

RELEASE = release_id(STACKS)
ENVIRONMENTS = [SimpleNamespace(identity=SimpleNamespace(name=name)) for name in ("dev", "staging")]
PROJECT: Any = SimpleNamespace(
    name="x",
    names=("dev", "staging"),
    stacks=STACKS,
    blueprint=SimpleNamespace(environments=ENVIRONMENTS),
    stack_name=lambda environment: f"x-{environment.identity.name}",
    stack_names=lambda environment: (f"x-{environment.identity.name}",),
)
Shown = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """Return what `payctl status` says of some records: exit status, JSON and table."""
    accounts = {"dev": InMemory(), "staging": InMemory()}
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(Project, "synthesized", lambda *_: PROJECT)

    def say(*records: Record, digest: str = "b", unreachable: str = "") -> Any:
        def to(_: str, environment: Any) -> InMemory:
            if environment.identity.name == unreachable:
                raise AccessError("no route")
            return accounts[environment.identity.name]

        monkeypatch.setattr(Access, "to", to)
        monkeypatch.setattr(status, "recorded_digest", lambda *_: digest)
        for record in records:
            Records.of(STACKS[record.stack], accounts[record.environment]).write(record)
        code = status.status(quick=True)
        table = capsys.readouterr().out
        status.status(quick=True, as_json=True)
        return code, json.loads(capsys.readouterr().out)["stacks"], table

    return say


def test_what_runs(shown: Shown) -> None:
    """Release, commit and who are of the same record."""
    code, [dev, staging], table = shown(RECORD)
    assert code == 0
    assert (dev["release"], dev["commit"], dev["by"]) == (RELEASE, "c", "jane")
    assert staging["remark"] == "not deployed"
    assert "dev runs what the code is." in table


@pytest.mark.parametrize(
    ("record", "code", "said"),
    [
        (evolve(RECORD, outcome=Outcome.BEGUN), 1, "the deployment begun: it was killed"),
        (evolve(RECORD, outcome=Outcome.FAILED, problem="SIGTERM"), 1, "failed: SIGTERM"),
        (evolve(RECORD, outcome=Outcome.DESTROYED, ended=RECORD.at), 0, "destroyed "),
        (evolve(RECORD, override="a fix"), 0, "override: a fix"),
        (evolve(RECORD, clean=False), 0, "c and changes"),
    ],
)
def test_what_is_no_good_news(record: Record, code: int, said: str, shown: Shown) -> None:
    """A kill, a failure, an end, an override, files that no commit has."""
    found, _, table = shown(record)
    assert found == code
    assert said in table


def test_a_failed_deployment_does_not_run(shown: Shown) -> None:
    """Its release is what was meant, not what is."""
    assert "dev runs what the code is." not in shown(evolve(RECORD, outcome=Outcome.FAILED))[2]


def test_a_parameter_of_another_deployment(shown: Shown) -> None:
    """Somebody deployed past payctl: the record is not passed off as that."""
    assert "its parameter says blueprint other" in shown(RECORD, digest="other")[2]


def test_what_came_past_the_environment_before_is_a_debt(shown: Shown) -> None:
    """A fix went to staging first; it stays on the list until dev runs it too."""
    fix = evolve(RECORD, stack="x-staging", environment="staging", release="f" * 64)
    assert "debt: staging runs what dev never ran" in shown(RECORD, fix)[2]
    assert "debt" not in shown(evolve(RECORD, release="f" * 64), fix)[2]


def test_one_that_cannot_be_asked_hides_no_other(shown: Shown) -> None:
    """Exit status 2, and the other line is there."""
    code, stacks, _ = shown(RECORD, unreachable="staging")
    assert code == 2
    assert [one["problem"] for one in stacks] == ["", "no route"]

"""One environment that cannot be asked hides no other, and silence is no answer."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from audit.change import Change, Class
from payctl import watch
from payctl.commands import drift
from payctl.errors import AccessError
from payctl.project import Project
from payctl.watch import Examination

NAMES = ("dev", "staging")
ENVIRONMENTS: Any = [SimpleNamespace(identity=SimpleNamespace(name=name)) for name in NAMES]
FOUND = Change(
    kind=Class.DRIFT, stack="x-staging", address="aws_x.y", path="timeout", before=1, after=2
)
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Let dev be out of reach and staging drift; return what is told to the alert topics."""
    told: list[tuple[str, list[str]]] = []
    project = SimpleNamespace(chosen=lambda _: ENVIRONMENTS)
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(Project, "synthesized", lambda *_: project)

    def examined(_: object, environment: Any, __: object) -> Examination:
        if environment.identity.name == "dev":
            raise AccessError("no route")
        return Examination(environment=environment, changes=(FOUND,), accepted=())

    def publish(_: object, environment: Any, findings: Any) -> None:
        told.append((environment.identity.name, [finding.rule for finding in findings]))

    monkeypatch.setattr(watch, "examined", examined)
    monkeypatch.setattr(drift, "publish", publish)
    return told


def test_the_other_one_is_shown_and_the_status_is_two(capsys: Output) -> None:
    """What could be read is there, with its stack."""
    assert drift.drift() == 2
    printed = capsys.readouterr()
    assert "dev could not be examined: no route" in printed.err
    assert "x-staging" in printed.out
    assert "timeout" in printed.out


def test_json_says_both(capsys: Output) -> None:
    """A program sees which one is missing, and why."""
    assert drift.drift(as_json=True) == 2
    shown = json.loads(capsys.readouterr().out)
    assert shown["dev"] == [{"class": "unreadable", "problem": "no route"}]
    assert (shown["staging"][0]["stack"], shown["staging"][0]["path"]) == ("x-staging", "timeout")


def test_what_could_not_be_read_is_told_too(account: list[tuple[str, list[str]]]) -> None:
    """A schedule whose credentials ended must not be quiet."""
    drift.drift(notify=True)
    assert account == [("dev", ["drift-unreadable"]), ("staging", ["drift-drift"])]

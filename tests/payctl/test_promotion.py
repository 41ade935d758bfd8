"""A release goes on only from where it finished, settled, and runs without drift."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from audit.change import Change, Class
from audit.release import release_id
from audit.synthesized import Stack
from payctl import promotion
from payctl.access import Access
from payctl.aws.records import Records
from payctl.aws.state_bucket import StateBucket
from payctl.endpoint import Endpoint
from payctl.errors import AccessError
from payctl.evidence import Evidence
from payctl.record import Outcome, Record
from tests.payctl.account import InMemory

BACKEND = {"s3": {"bucket": "states", "key": "s", "region": "us-east-1"}}
STACKS = {
    name: Stack(name=name, body={"x": 1}, locals={}, backend=BACKEND)
    for name in ("x-dev", "x-governance-dev", "x-staging")
}
RELEASE = release_id(STACKS)
DEV, STAGING = (SimpleNamespace(identity=SimpleNamespace(name=name)) for name in ("dev", "staging"))
PROJECT: Any = SimpleNamespace(
    name="x",
    stacks=STACKS,
    previous=lambda environment: DEV if environment is STAGING else None,
    stack_name=lambda environment: f"x-{environment.identity.name}",
    stack_names=lambda _: ("x-dev", "x-governance-dev"),
)
RECORD = Record(
    id="20261125T100000",
    stack="x-dev",
    environment="dev",
    outcome=Outcome.APPLIED,
    release=RELEASE,
    blueprint_sha256="b",
    settings_sha256="s",
    archives={},
    at="2026-11-25T10:00:00Z",
    by="jane",
    commit="c",
    clean=True,
    endpoint="",
)
Asked = Callable[..., tuple[str, ...]]


@pytest.fixture
def objections(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return what is said against staging, given the records of dev and what was found there."""
    accounts = {"dev": InMemory(), "staging": InMemory()}
    monkeypatch.setattr(Access, "to", lambda _, environment: accounts[environment.identity.name])
    monkeypatch.setattr(
        promotion, "outputs", lambda _: {"blueprint_sha256": STACKS["x-dev"].digest}
    )
    monkeypatch.setattr(StateBucket, "state", lambda _: {})

    def asked(
        *records: Record, digest: str = "", found: object = (), **more: Any
    ) -> tuple[str, ...]:
        for record in records:
            Records.of(STACKS[record.stack], accounts["dev"]).write(record)
        monkeypatch.setattr(
            promotion, "recorded_digest", lambda *_: digest or STACKS["x-dev"].digest
        )

        def examined(*_: object) -> object:
            if isinstance(found, Exception):
                raise found
            return SimpleNamespace(apart=found)

        monkeypatch.setattr(promotion, "examined", examined)
        if "endpoint" in more:
            accounts["staging"] = evolve(accounts["staging"], endpoint=more["endpoint"])
        return promotion.objections(PROJECT, STAGING, more.get("evidence"))  # type: ignore[arg-type]

    return asked


BOTH = (RECORD, evolve(RECORD, stack="x-governance-dev"))


def test_what_runs_without_drift_goes_on(objections: Asked) -> None:
    """Both stacks, finished and settled."""
    assert objections(*BOTH) == ()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (evolve(RECORD, release="f" * 64), "it runs release ffffffffffff"),
        (evolve(RECORD, outcome=Outcome.BEGUN), "by jane begun"),
        (evolve(RECORD, outcome=Outcome.FAILED), "by jane failed"),
        (evolve(RECORD, outcome=Outcome.DESTROYED), "by jane destroyed"),
        (evolve(RECORD, unsettled=["aws_x.y"]), "a plan right after it would change aws_x.y"),
        (evolve(RECORD, endpoint="http://127.0.0.1:1"), "it was deployed through http://127.0.0.1"),
    ],
)
def test_a_record_that_proves_nothing(record: Record, said: str, objections: Asked) -> None:
    """Of another release, half an apply, a kill, an end, an endless plan, an emulator."""
    [objection] = objections(record, BOTH[1])
    assert said in objection
    assert objection.startswith("x-dev must run release")


def test_a_sibling_that_was_not_deployed(objections: Asked) -> None:
    """Governance is part of the environment before."""
    [objection] = objections(RECORD)
    assert "x-governance-dev must run release" in objection
    assert "no deployment is recorded" in objection


def test_a_parameter_that_somebody_wrote(objections: Asked) -> None:
    """The record, the state and the parameter say the same, or it is no proof."""
    [objection] = objections(*BOTH, digest="claimed")
    assert "its parameter says claimed" in objection


@pytest.mark.parametrize("kind", [Class.DRIFT, Class.GONE, Class.UNMANAGED, Class.UNRECORDED])
def test_drift_of_every_kind(kind: Class, objections: Asked) -> None:
    """A state that moved past payctl is one of them: a targeted plan moves it."""
    [objection] = objections(*BOTH, found=(Change(kind=kind, stack="x-dev", address="aws_x.y"),))
    assert f"{kind.value} at x-dev aws_x.y" in objection


def test_an_environment_that_cannot_be_asked(objections: Asked) -> None:
    """It vouches for nothing; that can be overridden, on record."""
    [objection] = objections(*BOTH, found=AccessError("no route"))
    assert objection == "dev must be asked whether it runs this release, could not be: no route"


def test_an_emulator_does_not_vouch_for_aws(objections: Asked) -> None:
    """Nor the other way round."""
    [objection] = objections(*BOTH, endpoint=Endpoint(url="http://127.0.0.1:1"))
    assert "must answer where AWS does" in objection


def test_evidence_stands_for_the_account(objections: Asked, tmp_path: Path) -> None:
    """The deployer of staging need not have the keys of dev."""
    found = AccessError("no keys")
    assert "must be the evidence" in objections(found=found, evidence=tmp_path)[0]
    Evidence(
        environment="dev",
        release=RELEASE,
        at=dt.datetime.now(tz=dt.UTC).isoformat(),
        stacks={record.stack: record.as_json() for record in BOTH},
        apart=[],
        aws=True,
    ).write(tmp_path)
    assert objections(found=found, evidence=tmp_path) == ()


@pytest.mark.parametrize(
    ("built", "objects"),
    [("2026-11-25T11:00:00Z", True), ("2026-11-25T13:00:00Z", False), ("", False)],
)
def test_an_older_build_does_not_overtake(built: str, objects: bool, objections: Asked) -> None:
    """A run that waited for its approval comes after a newer one."""
    objections(evolve(RECORD, built="2026-11-25T12:00:00Z"))
    said = promotion.older(PROJECT, DEV, "x-dev", built)  # type: ignore[arg-type]
    assert ("must not go back by accident" in said) is objects

"""A release goes back as it was deployed, by the same way as any other."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen

from audit.release import release_id
from audit.synthesized import read_stacks
from payctl.access import Access
from payctl.aws.artifacts import Artifacts
from payctl.aws.records import Records
from payctl.commands import rollback
from payctl.delivery import Orders
from payctl.endpoint import AWS
from payctl.errors import CannotError
from payctl.project import Project
from payctl.record import Outcome, Record
from tests.payctl.account import InMemory
from tests.payctl.test_promotion import RECORD


@frozen(kw_only=True)
class Deployed:
    """What a rollback handed to the deployment."""

    release: str
    orders: Orders


Back = Callable[..., list[Deployed]]


def synthesized(folder: Path, size: int) -> Path:
    """Write a stack of a release."""
    stack = folder / "stacks" / "x-dev"
    stack.mkdir(parents=True)
    s3 = {"bucket": "states", "key": "s", "region": "us-east-1"}
    document = {"locals": {"size": size}, "terraform": {"backend": {"s3": s3}}}
    (stack / "cdk.tf.json").write_text(json.dumps(document))
    (folder / "archives").mkdir()
    return folder


@pytest.fixture
def releases(tmp_path: Path) -> list[tuple[str, Path]]:
    """Return two releases, the older one first."""
    outputs = [synthesized(tmp_path / str(size), size) for size in (1, 2)]
    return [(release_id(read_stacks(output)), output) for output in outputs]


@pytest.fixture
def back(releases: list[tuple[str, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Back:
    """Return a function that rolls dev back, where both releases were deployed."""
    account = InMemory()
    dev = SimpleNamespace(identity=SimpleNamespace(name="dev"))
    _, now = releases[1]

    @frozen
    class Fake:
        stacks: Any
        output: Path
        name: str = "x"

        def environment(self, _: str) -> Any:
            return dev

        def stack_name(self, _: object) -> str:
            return "x-dev"

    monkeypatch.setattr(Access, "to", lambda *_: account)
    project = Fake(read_stacks(now), now)
    monkeypatch.setattr(Project, "synthesized", lambda *_: project)
    monkeypatch.setattr(rollback, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(rollback, "passed", lambda *_, **__: True)
    monkeypatch.setattr(
        rollback, "targets", lambda *_: (SimpleNamespace(environment=dev, stack="x-dev"),)
    )
    done: list[Deployed] = []

    def opened(chosen: Any, *_: object) -> Any:
        access, stack = SimpleNamespace(endpoint=AWS), chosen.stacks["x-dev"]
        workspace = SimpleNamespace(stack=stack)
        return SimpleNamespace(project=chosen, access=access, workspace=workspace)

    def deliver(session: Any, orders: Orders) -> bool:
        done.append(Deployed(release=release_id(session.project.stacks), orders=orders))
        return True

    monkeypatch.setattr(rollback, "Session", SimpleNamespace(open=opened))
    monkeypatch.setattr(rollback, "deliver", deliver)
    stack = read_stacks(now)["x-dev"]

    def run(*records: Record, to: str = "") -> list[Deployed]:
        for release, output in releases:
            Artifacts.of(stack, account).keep(release, output)
        for record in records:
            Records.of(stack, account).write(record)
        assert rollback.rollback("dev", reason="a mistake", to=to) == 0
        return done

    return run


def deployed(release: str, id_: str, outcome: Outcome = Outcome.APPLIED) -> Record:
    """Return the record of a deployment of *release*."""
    return evolve(RECORD, id=id_, release=release, outcome=outcome)


def test_the_release_before_this_one(releases: list[tuple[str, Path]], back: Back) -> None:
    """Its own bytes are deployed, with the reason on record."""
    (old, _), (new, _) = releases
    [done] = back(deployed(old, "1"), deployed(new, "2"), deployed(new, "3"))
    assert done.release == old
    assert done.orders.override == "rollback: a mistake"
    assert done.orders.asks_for_losses


def test_a_release_by_its_first_digits(releases: list[tuple[str, Path]], back: Back) -> None:
    """Also the one that the code is now, which needs no fetching."""
    (old, _), (new, _) = releases
    [done] = back(deployed(new, "1"), deployed(old, "2"), to=new[:8])
    assert done.release == new


def test_what_never_finished_there_is_no_way_back(
    releases: list[tuple[str, Path]], back: Back
) -> None:
    """The message says what ran."""
    (old, _), (new, _) = releases
    with pytest.raises(CannotError, match="ran no other release") as caught:
        back(deployed(old, "1", Outcome.FAILED), deployed(new, "2"))
    assert new[:12] in caught.value.next_step
    with pytest.raises(CannotError, match="never ran release 0000"):
        back(to="0000")

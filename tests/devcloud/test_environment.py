"""`up` gets over a provider that asks twice; `down` asks nothing of today's code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devcloud.environment import LocalEnvironment, Wishes
from devcloud.place import Place
from devcloud.processes import processes
from devcloud.record import Record
from model.blueprint import Blueprint
from payctl.__main__ import run
from payctl.errors import CannotError, TerraformError
from payctl.project import ROOT, Project
from payctl.selection import Selection
from tests.devcloud.test_place import RECORD

SLOW = TerraformError("creating ELBv2 load balancer: api error DuplicateLoadBalancerName: exists")
LOCKED = TerraformError("Error acquiring the state lock: ConditionalCheckFailedException")


def _up(
    failures: list[CannotError], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Record, list[str]]:
    """Bring dev up where deployments fail one after the other; return what was told as well."""
    told: list[str] = []

    def deploy(_: LocalEnvironment, record: Record) -> Record:
        if failures:
            raise failures.pop(0)
        return record

    monkeypatch.setattr(LocalEnvironment, "_start", lambda *_: RECORD)
    monkeypatch.setattr(LocalEnvironment, "_deploy", deploy)
    blueprint = Blueprint.load(ROOT / "envs" / "payments")
    environment = LocalEnvironment(
        project=Project(blueprint=blueprint, folder=folder, output=folder, stacks={}),
        environment=blueprint.environments[0],
        selection=Selection(),
        progress=told.append,
    )
    return environment.up(Wishes()), told


@pytest.mark.parametrize("failure", [SLOW, LOCKED])
def test_a_repeated_request_is_got_over(
    failure: CannotError, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there already in a new account was asked for twice: `up` starts over, and says so."""
    record, told = _up([failure], places, monkeypatch)
    assert record == RECORD
    assert [line for line in told if line.startswith("starting over")] != []


@pytest.mark.parametrize(
    "failures", [[SLOW, SLOW], [TerraformError("no valid credential"), SLOW], [CannotError("no")]]
)
def test_nothing_else_is_tried_again(
    failures: list[CannotError], places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is it tried a third time: that machine needs fewer environments at once."""
    last = failures[-1] if failures[0] is SLOW else failures[0]
    with pytest.raises(CannotError, match=str(last)):
        _up(failures, places, monkeypatch)


def test_down_needs_no_code_that_works(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an edit must not keep anybody from stopping what runs."""

    def broken(*_: object, **__: object) -> Project:
        raise CannotError("main.py could not synthesize")

    monkeypatch.setattr(Project, "synthesized", broken)
    monkeypatch.setattr(Blueprint, "load", broken)
    left = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], env={**os.environ, **place.mark}
    )
    assert run(["local", "down"]) == 0
    assert left.wait(5) is not None
    assert processes(place) == frozenset()
    assert not place.folder.exists()

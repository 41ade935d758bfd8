"""A place is one folder, used by one command at a time, and leaves nothing behind."""

import os

import pytest

from devcloud.place import Place
from devcloud.record import READY, Record, running, use_local
from model.blueprint import Blueprint
from payctl.access import Access
from payctl.errors import CannotError
from payctl.project import ROOT
from payctl.selection import Selection

RECORD = Record(
    platform="payments",
    suffix="",
    environment="dev",
    account_id="123456789012",
    region="eu-west-1",
    phase=READY,
    endpoint="http://127.0.0.1:1",
    emulator_pid=1,
)


def test_a_second_command_is_kept_out(place: Place) -> None:
    """Two commands never work on the same environment."""
    with (
        place.alone(),
        pytest.raises(CannotError, match="another payctl is at work"),
        place.alone(),
    ):
        pass


def test_a_place_leaves_nothing(place: Place) -> None:
    """Neither files nor the folder remain."""
    with place.alone():
        (place.folder / "emulator").mkdir()
        (place.folder / "emulator" / "log").write_text("x")
        RECORD.write(place)
        place.clear()
        place.leave()
    assert not place.folder.exists()


def test_a_record_is_read_as_written(place: Place) -> None:
    """Nothing is lost on the way."""
    RECORD.write(place)
    assert Record.at(place) == RECORD


@pytest.mark.parametrize("content", ["", "{", "[]", '{"phase": "ready"}'])
def test_half_a_record_is_none(place: Place, content: str) -> None:
    """What an interrupted command left is not taken for an environment."""
    place.record.write_text(content)
    assert Record.at(place) is None


def test_other_commands_find_the_emulators(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drift and status of a local copy need nothing but the record."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    RECORD.write(place)
    assert use_local(Selection()) == ("dev",)
    assert os.environ["PAYCTL_ENDPOINT_URL_DEV"] == "http://127.0.0.1:1"
    dev, staging, _ = Blueprint.load(ROOT / "envs" / "payments").environments
    assert Access.to("payments", dev).endpoint.url == "http://127.0.0.1:1"
    assert Access.to("payments", staging).endpoint.url == "http://127.0.0.1:9"  # Never AWS.


def test_what_does_not_run_here_is_never_looked_for_in_aws(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`payctl local run drift prod` does not reach for production when only dev is here."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    RECORD.write(place)
    with pytest.raises(CannotError, match="prod does not run"):
        use_local(Selection(), ["prod"])


def test_what_does_not_run_is_said_with_the_next_step(place: Place) -> None:
    """Nobody reads a traceback for a missing environment."""
    del place
    with pytest.raises(CannotError, match="prod does not run") as raised:
        running(Selection(), "prod")
    assert raised.value.next_step == "payctl local up prod"

"""`payctl local down` recovers from `kill -9` of anything at any moment.

`PAYCTL_KILLS=10` kills each of them ten times; one time is enough for every day.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devcloud.place import MARK, Place
from devcloud.processes import end_all, processes
from payctl.project import ROOT
from tests.terraform.conftest import terraform

__all__ = ["terraform"]
_KILLS = int(os.environ.get("PAYCTL_KILLS", "1"))
_COMMAND = "devcloud"


@pytest.fixture
def place(terraform: None) -> Iterator[Place]:
    """Where dev is run."""
    del terraform
    made = Place(folder=ROOT / ".local" / f"kill-{os.getpid()}" / "payments-dev")
    yield made
    end_all(made)
    shutil.rmtree(made.folder.parent, ignore_errors=True)


def _start(place: Place, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", _COMMAND, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PAYCTL_LOCAL_FOLDER": str(place.folder.parent)},
    )


def _victim(place: Place, name: str) -> int | None:
    """Return the process of *place* whose command line has *name* in it, if it is there."""
    for pid in processes(place):
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if name in line.replace("\0", " "):
            return pid
    return None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="reads /proc")
@pytest.mark.parametrize("attempt", range(_KILLS))
@pytest.mark.parametrize(
    "victim", ["emulated.py", "terraform apply", "terraform-provider", "payctl"]
)
def test_down_recovers(place: Place, victim: str, attempt: int) -> None:
    """No process, no file, whoever was killed; who notices says what to do."""
    dice = random.Random(f"{victim} {attempt} {time.time_ns()}")  # noqa: S311 - no secrets
    up = _start(place, "up", "dev")
    deadline = time.monotonic() + 240
    if victim == "payctl":
        while not processes(place) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(dice.uniform(0, 30))
        killed = up.pid
    else:
        while (found := _victim(place, victim)) is None and time.monotonic() < deadline:
            assert up.poll() is None
            time.sleep(0.05)
        time.sleep(dice.uniform(0, 20))
        killed = _victim(place, victim) or found or up.pid
    try:
        os.kill(killed, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(up.pid, signal.SIGKILL)  # It had ended in between.
    printed, _ = up.communicate(timeout=240)
    if up.returncode == 2:
        assert "next:" in printed
        assert "Traceback" not in printed
    down = _start(place, "down", "dev")
    printed, _ = down.communicate(timeout=240)
    assert down.returncode == 0, printed
    assert processes(place) == frozenset()
    assert not place.folder.exists()
    assert MARK not in printed

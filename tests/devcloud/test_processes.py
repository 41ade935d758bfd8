"""Every process of a place is found and ended, whoever its parent was; no other is touched."""

import os
import subprocess
import sys
import time
from pathlib import Path

from devcloud.place import Place
from devcloud.processes import end_all, processes

_SLEEP = "import time; time.sleep(60)"
_STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def _start(place: Place, code: str = _SLEEP) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, **place.mark})
    while process.pid not in processes(place):  # Its environment is there once it is executed.
        time.sleep(0.01)
    return process


def test_only_the_processes_of_the_place_are_found(place: Place, places: Path) -> None:
    """Those of another place, and we ourselves, are none of them."""
    other = Place(folder=places / "payments-dev-2")
    mine, theirs = _start(place), _start(other)
    assert processes(place) == {mine.pid}
    end_all(place)
    assert mine.wait(5) is not None
    assert theirs.poll() is None
    theirs.kill()
    theirs.wait(5)


def test_an_orphan_is_found(place: Place) -> None:
    """A process whose parent was killed is ended like any other."""
    parent = _start(
        place,
        "import subprocess, sys, time;"
        f"subprocess.Popen([sys.executable, '-c', {_SLEEP!r}], start_new_session=True);"
        "time.sleep(60)",
    )
    while len(processes(place)) < 2:
        time.sleep(0.01)
    parent.kill()
    parent.wait(5)
    assert len(processes(place)) == 1
    end_all(place)
    assert processes(place) == frozenset()


def test_whoever_does_not_listen_is_killed(place: Place) -> None:
    """Politeness ends after a few seconds."""
    stubborn = _start(place, _STUBBORN)
    time.sleep(0.3)  # Until it ignores the signal.
    end_all(place)
    assert processes(place) == frozenset()
    assert stubborn.wait(5) is not None

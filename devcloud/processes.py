"""Finds and ends every process of a place, whoever its parent was and however that one died.

What we start inherits an environment variable that names the place. So the emulator, its functions,
the database server, Terraform and its provider are found again after `kill -9` of any of them, and
a process of the same number that is not ours is never touched.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from devcloud.place import MARK, Place

_PATIENCE_SECONDS: Final = 5
_PROC: Final = Path("/proc")


def processes(place: Place) -> frozenset[int]:
    """Return the processes that run for *place*, without ourselves."""
    entry = f"{MARK}={place.folder}"
    found = _by_proc(entry) if (_PROC / "self" / "environ").exists() else _by_ps(entry)
    return frozenset(found) - {os.getpid()}


def end_all(place: Place) -> None:
    """End every process of *place*: politely first, for sure after a few seconds."""
    postmaster = _postmaster(place)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    told: set[int] = set()
    while running := processes(place):
        late = time.monotonic() > deadline
        for pid in running:
            if pid in told and not late:
                continue
            told.add(pid)
            # A database server told to terminate waits for its clients, told to quit it does not.
            kind = signal.SIGQUIT if pid == postmaster else signal.SIGTERM
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL if late else kind)
        _reap(told)
        time.sleep(0.05)


def _postmaster(place: Place) -> int:
    try:
        return int((place.database / "data" / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _reap(pids: set[int]) -> None:
    """Take note of the end of our own children among *pids*; they would stay as zombies."""
    for pid in pids:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def _by_proc(entry: str) -> Iterator[int]:
    wanted = os.fsencode(entry)
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # It ended meanwhile, or is somebody else's.
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    yield int(folder.name)


def _by_ps(entry: str) -> Iterator[int]:
    """Ask `ps`, where there is no /proc, as on macOS."""
    listed = subprocess.run(
        ["ps", "-axwwE", "-o", "pid=,command="], check=False, capture_output=True, text=True
    )
    for line in listed.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        if f" {entry} " in f"{command} ":
            yield int(pid)

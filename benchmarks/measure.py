"""What one run of a command costs."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from attrs import field, frozen

_SAMPLE_SECONDS = 0.01
_PYTHON_AS_USUAL = {"PYTHONDONTWRITEBYTECODE": ""}  # Keeps what it compiles, as by default.
_PAGE_MEBIBYTES = os.sysconf("SC_PAGE_SIZE") / 2**20


@frozen(kw_only=True)
class Cost:
    """What a command and its children used.

    Attributes:
        wall_seconds: From start to end.

        cpu_seconds: User and system.

        largest_mebibytes: Peak memory of the largest process.

        tree_mebibytes: Peak memory of all processes together, shared pages counted each time;
            sampled, and never less than the largest process's.

    """

    wall_seconds: float
    cpu_seconds: float
    largest_mebibytes: float
    tree_mebibytes: float

    @classmethod
    def of(cls, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Self:
        """Run *command* in *folder*; what it prints is shown only when it fails.

        Raises:
            RuntimeError: It failed.

        """
        with tempfile.TemporaryFile() as output:
            begin = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **_PYTHON_AS_USUAL, **environment},
                stdout=output,
                stderr=output,
            )
            tree = _Tree(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                output.seek(0)
                text = output.read().decode(errors="replace")
                raise RuntimeError(f"{' '.join(command)} failed:\n{text}")
        return cls(
            wall_seconds=wall,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            largest_mebibytes=usage.ru_maxrss / 1024,
            tree_mebibytes=max(tree.peak_mebibytes(), usage.ru_maxrss / 1024),
        )


class _Tree:
    """Watches the memory of a process and all below it; Linux only, elsewhere it sees none."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def peak_mebibytes(self) -> float:
        """Stop watching and return the highest sum seen."""
        self._done.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._done.wait(_SAMPLE_SECONDS):
            self._peak = max(self._peak, _resident_mebibytes(self._pid))


def _resident_mebibytes(pid: int) -> float:
    """Return the memory of a process and all below it; any of its threads may have started one."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            int(child)
            for task in tasks
            for child in (task / "children").read_text(encoding="ascii").split()
        ]
    except (OSError, IndexError):  # It has ended.
        return 0.0
    return pages * _PAGE_MEBIBYTES + sum(_resident_mebibytes(child) for child in children)


@frozen(kw_only=True)
class Way:
    """One way of doing the same work.

    Attributes:
        name: How the table calls it.

        command: What is run.

        folder: Where.

        environment: What is added to the environment.

        warmed: Whether it runs once before it is measured; not what takes a minute, or is to be
            measured cold.

    """

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(factory=dict)
    warmed: bool = True


def interleaved(ways: Sequence[Way], rounds: int) -> dict[str, list[Cost]]:
    """Run every way once a round, each round beginning with another; a first round warms up."""
    costs: dict[str, list[Cost]] = {way.name: [] for way in ways}
    for round_ in range(-1, rounds):
        shift = round_ % len(ways)
        for way in (*ways[shift:], *ways[:shift]):
            if round_ < 0 and not way.warmed:
                continue
            cost = Cost.of(way.command, way.folder, way.environment)
            sys.stderr.write(f"round {round_ + 1}/{rounds} {way.name}: {cost.wall_seconds:.2f} s\n")
            if round_ >= 0:
                costs[way.name].append(cost)
    return costs

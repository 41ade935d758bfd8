"""Runs one Terraform process so that it can always save its state.

- It leads a process group of its own: Ctrl-C reaches it through us, once. A second interrupt makes
  Terraform give up without saving.
- It writes to a file, not to a pipe: when we are killed, a pipe would break and take it along.
- When we are killed, Linux interrupts it. It keeps the lock of the folder until it ends.
"""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

from attrs import frozen

from payctl.interruption import patient

GRACE_SECONDS: Final = 900
"""How long an interrupted Terraform may take: the longest single step of AWS, and saving."""

_POLL_SECONDS: Final = 0.1
_PR_SET_PDEATHSIG: Final = 1
_C: Final = ctypes.CDLL(None)


@frozen(kw_only=True)
class Command:
    """What to run, and where.

    Attributes:
        log: The file that it writes to; it stays, for whoever wants to know more.

        locks: Descriptors of files whose locks it shall hold too.
    """

    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    locks: Sequence[int] = ()


@frozen(kw_only=True)
class Ended:
    """How a process ended.

    Attributes:
        status: The exit status; negative when a signal killed it.
    """

    status: int

    @property
    def how(self) -> str:
        """How it ended, in words."""
        if self.status < 0:
            return f"killed by signal {-self.status} ({signal.Signals(-self.status).name})"
        return f"exit status {self.status}"


def run(command: Command, told: Callable[[str], None]) -> Ended:
    """Run *command*; *told* gets each line as it comes.

    Raises:
        KeyboardInterrupt: When we are interrupted; the process was, too, and has ended.
    """
    command.log.unlink(missing_ok=True)
    with command.log.open("wb") as output, command.log.open("rb") as written:
        process = subprocess.Popen(
            command.words,
            cwd=command.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(command.environment),
            start_new_session=True,
            pass_fds=tuple(command.locks),
            # It calls the kernel, and no Python.
            preexec_fn=_interrupted_with_us if sys.platform == "linux" else None,  # noqa: PLW1509
        )
        try:
            _follow(process, written, told)
        except BaseException:
            with patient():
                _interrupt(process)
            raise
    return Ended(status=process.returncode)


def _follow(
    process: subprocess.Popen[bytes], written: IO[bytes], told: Callable[[str], None]
) -> None:
    rest = b""
    while True:
        ended = process.poll() is not None
        rest += written.read()
        *lines, rest = rest.split(b"\n")
        for line in lines:
            told(line.decode("utf-8", errors="replace"))
        if ended:
            if rest:
                told(rest.decode("utf-8", errors="replace"))
            return
        time.sleep(_POLL_SECONDS)


def _interrupt(process: subprocess.Popen[bytes]) -> None:
    """Let it save its state and end; kill it only when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _interrupted_with_us() -> None:
    """Ask Linux to interrupt this process when its parent dies."""
    _C.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)

"""Terraform always gets one interrupt, and time to save its state."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from payctl.terraform.process import Command, run

STANDS_IN = """
import pathlib, signal, sys, time
here = pathlib.Path(sys.argv[1])
def save(*_):
    with here.joinpath("interrupts").open("a") as file: file.write("x")
    time.sleep(0.5)
    here.joinpath("saved").write_text("state")
    print("saved", flush=True)
    sys.exit(1)
signal.signal(signal.SIGINT, save)
here.joinpath("ready").touch()
print("working", flush=True)
time.sleep(30)
"""
CALLER = """
import pathlib, sys
from payctl.interruption import interruptible
from payctl.terraform.process import Command, run
here = pathlib.Path(sys.argv[1])
words = [sys.executable, "-c", sys.argv[2], str(here)]
with interruptible():
    run(Command(words=words, folder=here, environment={}, log=here / "log"), print)
"""


def _started(folder: Path) -> subprocess.Popen[bytes]:
    """Start a payctl that runs something that takes long, in a terminal of its own."""
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(folder), STANDS_IN],
        start_new_session=True,
        stderr=subprocess.PIPE,
    )
    _wait(folder / "ready")
    return caller


def _wait(file: Path) -> None:
    for _ in range(200):
        if file.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{file.name} did not come")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_ending_signal_interrupts_once(number: signal.Signals, tmp_path: Path) -> None:
    """A second interrupt, which Ctrl-C sends to the whole group, would end it without saving."""
    caller = _started(tmp_path)
    os.killpg(caller.pid, number)
    _, said = caller.communicate(timeout=20)
    assert (tmp_path / "saved").exists()
    assert (tmp_path / "interrupts").read_text() == "x"
    assert f"InterruptedBy: {number.name}" in said.decode()


def test_impatience_changes_nothing(tmp_path: Path) -> None:
    """Whoever presses Ctrl-C three times still waits for the state."""
    caller = _started(tmp_path)
    for _ in range(3):
        os.killpg(caller.pid, signal.SIGINT)
        time.sleep(0.1)
    caller.communicate(timeout=20)
    assert (tmp_path / "interrupts").read_text() == "x"
    assert (tmp_path / "saved").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_a_killed_caller_leaves_a_process_that_saves(tmp_path: Path) -> None:
    """`kill -9` of payctl: what it ran is interrupted by the kernel, and no pipe breaks."""
    caller = _started(tmp_path)
    caller.kill()
    caller.communicate(timeout=20)
    _wait(tmp_path / "saved")
    assert (tmp_path / "log").read_text().splitlines() == ["working", "saved"]


def test_how_a_process_was_killed_is_said(tmp_path: Path) -> None:
    """Out of memory looks like this."""
    words = [sys.executable, "-c", "import os; print('a', flush=True); os.kill(os.getpid(), 9)"]
    lines: list[str] = []
    ended = run(
        Command(words=words, folder=tmp_path, environment={}, log=tmp_path / "log"), lines.append
    )
    assert lines == ["a"]
    assert ended.how == "killed by signal 9 (SIGKILL)"

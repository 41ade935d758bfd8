"""A signal becomes an exception, and the handlers of before come back."""

import os
import signal

import pytest

from payctl.__main__ import run
from payctl.interruption import InterruptedBy, interruptible, patient
from payctl.project import Project


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_raised(number: signal.Signals) -> None:
    """So that every `finally` runs."""
    before = signal.getsignal(number)
    with pytest.raises(InterruptedBy) as caught, interruptible():
        signal.raise_signal(number)
    assert caught.value.signal is number
    assert signal.getsignal(number) is before


def test_patience_ignores_signals() -> None:
    """While Terraform saves its state."""
    with interruptible(), patient():
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_says_by_what_it_was_ended(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit status is the shell's convention; the command line parser swallows nothing."""
    monkeypatch.setattr(Project, "synthesized", lambda *_, **__: signal.raise_signal(number))
    assert run(["parity"]) == 128 + number
    assert f"interrupted by {number.name}" in capsys.readouterr().err

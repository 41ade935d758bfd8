"""A signal becomes an exception, and the handlers of before come back."""

import os
import signal

import pytest

from payctl.interruption import InterruptedBy, interruptible, patient


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

"""Turns the signals that end a program into an exception, so that nothing is left half done.

Without it SIGTERM (a runner that is stopped) and SIGHUP (a terminal that is closed) end Python
where it stands: no `finally` runs, and Terraform is left alone with the account.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class InterruptedBy(KeyboardInterrupt):
    """The program was told to end; `signal` says by what."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.signal = signal.Signals(number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise InterruptedBy in the main thread when a signal wants to end the program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _raise) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def patient() -> Iterator[None]:
    """Ignore further signals: what runs now ends soon, and must."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, _: FrameType | None) -> None:
    raise InterruptedBy(number)

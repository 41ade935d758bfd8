"""Shows the progress of several environments at once: one line each, on stderr."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from payctl.screen import note

_PAUSE_SECONDS: Final = 10
"""How often progress is written where stderr is no terminal."""

Report = Callable[[str, str], None]
"""Takes an environment's name and its progress."""


@contextmanager
def board(names: Sequence[str]) -> Iterator[Report]:
    """Show a line for each of *names*, with the time since its start."""
    if not sys.stderr.isatty():
        yield _logged()
        return
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[name]}"),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True, highlight=False),
        transient=True,
    ) as progress:
        tasks = {name: progress.add_task("waiting", total=None, name=name) for name in names}
        yield lambda name, text: progress.update(tasks[name], description=text.replace("[", r"\["))


def _logged() -> Report:
    begin = time.monotonic()
    last: dict[str, float] = {}

    def report(name: str, text: str) -> None:
        now = time.monotonic()
        often = text[:1].isdigit() or text.startswith("reading (")  # Hundreds; the rest is steps.
        if not often or now - last.get(name, 0) > _PAUSE_SECONDS:
            last[name] = now
            note(f"{now - begin:4.0f} s  {name:8} {text}")

    return report

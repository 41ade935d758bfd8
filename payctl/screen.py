"""What the user sees: results on stdout, progress and complaints on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from audit.finding import Finding, Severity
from audit.report import ordered, place, shown

if TYPE_CHECKING:
    from rich.console import Console

_UNATTENDED_COLUMNS: Final = 140


# rich is imported where something is shown: a quarter of the time of a command that shows nothing.


def _console(*, stderr: bool) -> "Console":
    from rich.console import Console  # noqa: PLC0415  see above

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    columns = int(os.environ.get("COLUMNS") or _UNATTENDED_COLUMNS)
    return Console(
        stderr=stderr, width=None if terminal else columns, highlight=False, soft_wrap=False
    )


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415  see above

    return escape(text)


def say(text: str = "", *, style: str = "") -> None:
    """Print a line of the result."""
    _console(stderr=False).print(_escaped(text), style=style or None, soft_wrap=True)


def note(text: str, *, style: str = "dim") -> None:
    """Print a line about the work, on stderr."""
    _console(stderr=True).print(_escaped(text), style=style or None, soft_wrap=True)


def complain(text: str, *, next_step: str = "") -> None:
    """Print what went wrong and what to do, on stderr."""
    console = _console(stderr=True)
    console.print(f"[bold red]error:[/] {_escaped(text)}", soft_wrap=True)
    if next_step:
        console.print(f"[bold]next:[/]  {_escaped(next_step)}", soft_wrap=True)


def say_json(value: object) -> None:
    """Print *value* as JSON with sorted keys."""
    sys.stdout.write(json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; columns whose name ends in # are numbers and stand on the right."""
    from rich.table import Table  # noqa: PLC0415  see above

    made = Table(title=title or None, title_justify="left", title_style="bold")
    for column in columns:
        number = column.endswith("#")
        first = column == columns[0]
        made.add_column(
            column.removesuffix("#"),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=first,
        )
    for row in rows:
        made.add_row(*(_escaped(str(cell)) for cell in row))
    _console(stderr=False).print(made)


def findings_table(findings: Sequence[Finding]) -> None:
    """Print *findings*, or that there are none."""
    if not findings:
        say("No findings.", style="green")
        return
    for finding in ordered(findings):
        style = "red" if finding.severity is Severity.ERROR else "yellow"
        say(f"{finding.severity.value} {finding.rule}: {place(finding)}", style=style)
        say(f"    {finding.message}")
        if any(value != "(found)" for value in finding.values.values()):
            for name, value in finding.values.items():
                say(f"    {name}: {shown(value)}", style="dim")
        elif finding.values:
            say(f"    in {', '.join(finding.values)}", style="dim")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    say(f"{errors} findings, {len(findings) - errors} warnings.", style="bold")


@contextmanager
def working(text: str) -> Iterator["Work"]:
    """Show that something is going on, with the time it takes, on stderr."""
    console = _console(stderr=True)
    if not console.is_terminal:
        note(text)
        yield Work(lambda more: None)  # noqa: ARG005 - lines for every step would only be noise
        return
    from rich.progress import (  # noqa: PLC0415  see above
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task(text, total=None)
        yield Work(lambda more: progress.update(task, description=f"{text}: {more}"))


class Work:
    """Something that goes on; `at` says how far it is."""

    def __init__(self, at: Callable[[str], None]) -> None:
        self.at = at

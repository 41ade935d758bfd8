"""Shows what is apart from the code, as a table."""

from collections.abc import Sequence

from audit.change import Change, Class
from audit.finding import ABSENT
from payctl.screen import table
from payctl.written import apart, cell

_COLUMNS = ("class", "stack", "address", "attribute", "before", "after", "remark")


def show_changes(title: str, changes: Sequence[Change]) -> None:
    """Print *changes* under *title*."""
    table(title, _COLUMNS, [_row(change) for change in changes])


def _row(change: Change) -> tuple[str, ...]:
    remark = "accepted" if change.accepted else ""
    if change.kind in (Class.DRIFT, Class.GONE) and not remark:
        remark = "deploy repairs it" if change.repaired else "no deploy repairs it"
    sides = apart(change.before, change.after)
    return (
        change.kind.value,
        change.stack,
        change.address,
        change.path,
        *("" if value is ABSENT else cell(value) for value in sides),
        remark,
    )

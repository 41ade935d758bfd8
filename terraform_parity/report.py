"""Writes a comparison for a terminal, for a pull request and for a pipeline."""

import json
import textwrap
from typing import Final

from terraform_parity.comparison import Comparison, Difference

_COLUMNS: Final = 80
_SHOWN: Final = 60
"""Characters of a value in a pull request's table."""


def text(comparison: Comparison) -> str:
    """Return *comparison* for a terminal of 80 columns."""
    lines: list[str] = []
    for title, differences in (
        ("not in the ledger", comparison.new),
        ("unreviewed", comparison.unreviewed),
    ):
        if differences:
            lines += [f"{title}: {len(differences)}", ""]
            lines += [line for one in differences for line in (*_block(one), "")]
    lines += [
        f"the ledger's entry {one.address} {one.path} approves nothing: remove it"
        for one in comparison.unneeded
    ]
    lines.append(_summary(comparison))
    return "\n".join(lines)


def markdown(comparison: Comparison) -> str:
    """Return *comparison* as a comment for a pull request."""
    lines = [f"**{_summary(comparison)}**", ""]
    if comparison.new:
        names = comparison.environments
        lines += [
            f"| not in the ledger | {' | '.join(names)} |",
            f"|---{'|---' * len(names)}|",
        ]
        for one in comparison.new:
            values = " | ".join(_cell(one.values[name]) for name in names)
            lines.append(f"| {_cell(f'{one.instance} {one.path}'.strip())} | {values} |")
        lines.append("")
    lines += [f"- `{one.address} {one.path}` approves nothing" for one in comparison.unneeded]
    return "\n".join(lines)


def as_json(comparison: Comparison) -> str:
    """Return *comparison* as JSON."""
    return json.dumps(
        {
            "environments": comparison.environments,
            "attributes": comparison.compared[0],
            "instances": comparison.compared[1],
            "differences": [
                {
                    "address": one.instance,
                    "path": one.path,
                    "values": one.values,
                    "kind": one.approval.kind if one.approval else None,
                    "reason": one.approval.reason if one.approval else None,
                }
                for one in comparison.differences
            ],
            "unneeded": [{"address": one.address, "path": one.path} for one in comparison.unneeded],
        },
        indent=2,
        ensure_ascii=False,
    )


def _summary(comparison: Comparison) -> str:
    attributes, instances = comparison.compared
    return (
        f"{attributes} attributes of {instances} resources in "
        f"{', '.join(comparison.environments)}: {len(comparison.differences)} differences, "
        f"{len(comparison.new)} not in the ledger, {len(comparison.unreviewed)} unreviewed"
    )


def _block(one: Difference) -> list[str]:
    width = max(map(len, one.values))
    lines = [f"{one.instance} {one.path}".strip()]
    for name, value in one.values.items():
        head = f"    {name:{width}}  "
        lines += textwrap.wrap(
            value,
            _COLUMNS,
            initial_indent=head,
            subsequent_indent=" " * len(head),
            break_on_hyphens=False,
        ) or [head.rstrip()]
    return lines


def _cell(value: str) -> str:
    short = value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
    escaped = short.replace("\\", "\\\\").replace("|", "\\|").replace("`", "'")
    return f"`{' '.join(escaped.split())}`" if escaped.strip() else "(empty)"

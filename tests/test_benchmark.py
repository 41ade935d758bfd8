"""The README's table of speed is what the benchmark prints: its rows, its aims, and figures."""

import re

from benchmarks.aims import AIMS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("<!-- speed -->")[2].partition("<!-- /speed -->")[0]


def rows(table: str) -> list[list[str]]:
    """Return the cells of a Markdown table without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_aim_has_its_row() -> None:
    """Titles, what they are divided by and limits are those of the benchmark, in its order."""
    _, _, verdicts = SECTION.partition("| what |")
    shown = [(row[0], row[1], row[3]) for row in rows(f"| what |{verdicts}")]
    assert shown == [(aim.title, aim.reference, f"{aim.at_most:.3g}") for aim in AIMS]


def test_ratios_and_verdicts_agree() -> None:
    """What is called reached is no more than its limit, and every aim was measured."""
    _, _, verdicts = SECTION.partition("| what |")
    for row, aim in zip(rows(f"| what |{verdicts}"), AIMS, strict=True):
        assert row[4] == ("reached" if float(row[2]) <= aim.at_most else "missed"), row


def test_every_way_has_figures() -> None:
    """All that the aims compare is in the table of figures."""
    figures, _, _ = SECTION.partition("| what |")
    measured = {row[0]: row[1:] for row in rows(figures)}
    assert {aim.way for aim in AIMS} | {aim.reference for aim in AIMS} <= measured.keys()
    assert all(re.fullmatch(r"[\d.]+", cell) for cells in measured.values() for cell in cells)
    assert all(float(all_) >= float(largest) for _, _, largest, all_ in measured.values())

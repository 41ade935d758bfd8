"""Writes docs/requirements-coverage.md: `python -m tests.conformance.coverage`.

The table is made from the conformance tests: which requirement each of them shows, in its own
words, and of which platform.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import Final

from tests.conformance.column import tests_of

ROOT: Final = Path(__file__).parent.parent.parent
DOCUMENT: Final = ROOT / "docs" / "requirements-coverage.md"
_HEAD: Final = """# What each platform does, requirement by requirement

Generated from `tests/conformance` by `python -m tests.conformance.coverage`; a test keeps it fresh.
Each line is the statement of a test that passes. "All" stands for every folder of `envs/`.

| requirement | platform | what is shown |
|---|---|---|
"""
_ALL: Final = {"applied", "boundary", "every_platform", "numbers", "shapes"}


def table() -> str:
    """Return the document."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted(Path(__file__).parent.glob("test_*.py")):
        subject = file.stem.removeprefix("test_")
        platform = "all" if subject in _ALL else f"`{subject}`"
        for ids, statement in tests_of(file):
            for id_ in ids:
                rows[id_].append((platform, statement))
    lines = [
        f"| {id_} | {platform} | {statement} |"
        for id_ in sorted(rows, key=_order)
        for platform, statement in sorted(rows[id_])
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _order(id_: str) -> tuple[int, int]:
    letter, number = re.fullmatch(r"([A-Z])(\d+)", id_).groups()  # type: ignore[union-attr]
    return "INKDRFALQSOPBGV".index(letter), int(number)


if __name__ == "__main__":
    DOCUMENT.write_text(table(), encoding="utf-8")

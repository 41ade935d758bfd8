"""Decisions have one format, one number each, and an index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
HEAD = re.compile(
    r"# (?P<number>\d+)\. (?P<title>.+)\n\n"
    r"- Date: (?P<date>\d{4}-\d\d-\d\d)\n"
    r"- Status: (?P<status>proposed|accepted|superseded)\n"
    r"- Supersedes: .+\n"
    r"- Superseded by: .+\n\n"
    r"## Context\n\n(?s:.+)\n## Decision\n\n(?s:.+)\n## Consequences\n\n."
)
REFERENCE = re.compile(r"decisions/(\d{4})(-[\w-]+\.md)?|\b[Dd]ecision (\d+)\b")
READ = ("*.md", "*.py", "*.toml", "*.json", "*.yml")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_format(page: Path) -> None:
    """Number, title, date, status, relations, context, decision, consequences."""
    found = HEAD.match(page.read_text(encoding="utf-8"))
    assert found
    assert f"{int(found['number']):04}" == page.name[:4]


def test_numbers() -> None:
    """A number is given once."""
    numbers = [page.name[:4] for page in PAGES]
    assert len(numbers) == len(set(numbers)) > 0


def test_index() -> None:
    """The index has each page with its title, date and status, in order, and no other."""
    index = (FOLDER / "README.md").read_text(encoding="utf-8").partition("## Withdrawn")[0]
    rows = [line for line in index.splitlines() if line.startswith("| [")]
    expected = []
    for page in PAGES:
        found = HEAD.match(page.read_text(encoding="utf-8"))
        assert found
        number, title, date, status = found.group("number", "title", "date", "status")
        expected.append(f"| [{number}]({page.name}) | {title} | {date} | {status} |")
    assert rows == expected


def test_references() -> None:
    """Whatever refers to a decision refers to one that exists."""
    known = {page.name[:4]: page.name for page in PAGES}
    folders = ("audit", "constructs_lib", "devcloud", "docs", "envs", "functions", "gates",
               "jsii_kernel", "last_synthesis", "model", "payctl", "stacks", "tests")  # fmt: skip
    files = [file for name in folders for kind in READ for file in (ROOT / name).rglob(kind)]
    files += [file for kind in READ for file in ROOT.glob(kind)]
    wrong = []
    for file in files:
        if "golden" in file.parts:
            continue
        for found in REFERENCE.finditer(file.read_text(encoding="utf-8")):
            number = (found[1] or found[3]).zfill(4)
            name = known.get(number, "")
            if not name or (found[2] and name != number + found[2]):
                wrong.append(f"{file.relative_to(ROOT)}: {found[0]}")
    assert wrong == []

"""The README shows what really happens."""

import re
from pathlib import Path

from tests.conftest import ROOT, run_main


def masked(text: str) -> str:
    """Return *text* without digests, which change with every line of code."""
    return re.sub(r"[0-9a-f]{12}$", "(digest)", text, flags=re.MULTILINE).strip()


def test_the_output_of_the_first_command(tmp_path: Path) -> None:
    """`python main.py` prints what the README says that it prints."""
    readme = (ROOT / "README.md").read_text()
    shown = re.search(r"<!-- main -->\n```text\n(.*?)```", readme, re.DOTALL)
    assert shown
    done = run_main("payments", output=tmp_path)
    assert masked(done.stdout) == shown.group(1).strip()

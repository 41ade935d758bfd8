"""No difference can be written into the project's source: `main.py` refuses each attempt.

A few of the attempts by default; all of them with `MUTATIONS` set, as for the other mutations.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_main
from tests.gates.source_attempts import ATTEMPTS

_LEFT = {".cache", ".git", ".venv", "cdktf.out", "devcloud", "docs", "node_modules", "tests"}
_EVERY = 1 if os.environ.get("MUTATIONS") else 27


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a copy of what `main.py` needs."""
    copy = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__")
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, copy / path.name)
        elif path.name not in _LEFT:
            shutil.copytree(path, copy / path.name, ignore=ignored)
    (copy / ".cache").mkdir()
    for path in (ROOT / ".cache").iterdir():
        if path.name != "synthesis":  # What was judged before is not what is judged here.
            (copy / ".cache" / path.name).symlink_to(path)
    yield copy
    shutil.rmtree(copy)


def test_the_copy_passes(project: Path, tmp_path: Path) -> None:
    """Without an attempt, nothing is found."""
    done = run_main("graviton", output=tmp_path, root=project)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("number", range(0, len(ATTEMPTS), _EVERY))
def test_an_attempt_is_refused(number: int, project: Path, tmp_path: Path) -> None:
    """Whoever runs `main.py` with the attempt in place gets a finding, and no success."""
    file, old, new = ATTEMPTS[number]
    path = project / file
    before = path.read_text("utf-8")
    assert old in before
    text = before.replace(old, new)
    if "cdktf." in new:
        text = re.sub(r"^(from|import) ", r"import cdktf\n\1 ", text, count=1, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    try:
        done = run_main("graviton", output=tmp_path, root=project)
    finally:
        path.write_text(before, "utf-8")
    assert done.returncode in (1, 2), done.stdout
    assert "Traceback" not in done.stderr
    assert "differ in nothing" not in done.stdout

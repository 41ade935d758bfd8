"""A copy of the flagship's settings that tests may break."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of envs/payments."""
    copy = tmp_path / "envs" / "payments"
    shutil.copytree(ROOT / "envs" / "payments", copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace a text that occurs in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return replace

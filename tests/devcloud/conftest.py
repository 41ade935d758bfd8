"""A folder for local copies that no other run knows."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devcloud.place import Place
from devcloud.processes import end_all
from payctl.project import ROOT


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep places inside the project: the database server, no root, must be able to go there."""
    folder = ROOT / ".local" / f"test-{os.getpid()}"
    monkeypatch.setenv("PAYCTL_LOCAL_FOLDER", str(folder))
    yield folder
    for place in folder.glob("*"):
        end_all(Place(folder=place))
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(places: Path) -> Place:
    """Return a place where nothing is yet."""
    made = Place(folder=places / "payments-dev")
    made.folder.mkdir(parents=True)
    return made

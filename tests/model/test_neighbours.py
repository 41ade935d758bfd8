"""An account belongs to one environment of one platform."""

import shutil
from pathlib import Path

import pytest

from model.blueprint import Blueprint
from model.errors import Problem
from tests.conftest import PLATFORMS, ROOT


def with_neighbour(folder: Path, old: str, new: str) -> None:
    """Put another platform beside *folder*, with *new* in place of *old*."""
    beside = folder.parent / "beside"
    shutil.copytree(ROOT / "envs" / "graviton", beside)
    for file in beside.glob("*.py"):
        text = file.read_text().replace(old, new)
        file.write_text(text.replace("    is_reference=True,\n", ""))


def warnings(folder: Path) -> list[Problem]:
    """Return what the platform in *folder* is told of accounts."""
    found = Blueprint.load(folder).warnings
    return [one for one in found if "identity.account_id" in one.what]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_platforms_have_accounts_of_their_own(platform: str) -> None:
    """But for a reference whose design names the flagship's accounts, and is warned of it."""
    told = warnings(ROOT / "envs" / platform)
    assert len(told) == (3 if platform == "graviton" else 0)


def test_an_account_of_another_platform_is_told(folder: Path) -> None:
    """Names say the environment and not the platform: both would make payment-queue-prod."""
    with_neighbour(folder, "345678901234", "345678901299")
    with_other = warnings(folder)
    assert len(with_other) == 2
    assert with_other[0].where.startswith("envs/payments/dev.py:")
    assert "123456789012 is used in envs/beside/dev.py too" in with_other[0].what


def test_the_account_of_a_pipeline_counts(folder: Path) -> None:
    """Whatever lives in an account takes names there."""
    with_neighbour(folder, 'name="graviton",', 'name="graviton", account_id="123456789012",')
    assert any("envs/beside/platform.py too" in one.what for one in warnings(folder))


def test_a_broken_neighbour_breaks_nobody_else(folder: Path) -> None:
    """It says so itself when it is loaded."""
    with_neighbour(folder, "ENVIRONMENT = ", "ENVIRONMENT = (")
    assert Blueprint.load(folder).platform.name == "payments"

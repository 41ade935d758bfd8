"""An account belongs to one environment of one platform."""

import shutil
from pathlib import Path

import pytest

from model.blueprint import Blueprint
from model.errors import ConfigurationError
from tests.conftest import PLATFORMS, ROOT


def with_neighbour(folder: Path, old: str, new: str) -> None:
    """Put another platform beside *folder*, with *new* in place of *old*."""
    beside = folder.parent / "beside"
    shutil.copytree(ROOT / "envs" / "graviton", beside)
    for file in beside.glob("*.py"):
        file.write_text(file.read_text().replace(old, new))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_no_two_platforms_share_an_account(platform: str) -> None:
    """All platforms of the repository can be deployed, whichever others are."""
    assert Blueprint.load(ROOT / "envs" / platform).environments


def test_an_account_of_another_platform_is_refused(folder: Path) -> None:
    """Names say the environment and not the platform: both would make payment-queue-prod."""
    with_neighbour(folder, "345678901283", "345678901234")
    with pytest.raises(ConfigurationError) as raised:
        Blueprint.load(folder)
    (problem,) = raised.value.problems
    assert problem.where.startswith("envs/payments/prod.py:")
    assert problem.what.endswith("345678901234 is used in envs/beside/prod.py too")


def test_the_account_of_a_pipeline_counts(folder: Path) -> None:
    """Whatever lives in an account takes names there."""
    with_neighbour(folder, 'name="graviton",', 'name="graviton", account_id="123456789012",')
    with pytest.raises(ConfigurationError, match=r"is used in envs/beside/platform\.py too"):
        Blueprint.load(folder)


def test_a_broken_neighbour_breaks_nobody_else(folder: Path) -> None:
    """It says so itself when it is loaded."""
    with_neighbour(folder, "ENVIRONMENT = ", "ENVIRONMENT = (")
    assert Blueprint.load(folder).platform.name == "payments"

"""What is past its end of support is an error, a warning, or acknowledged; by an injected clock."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from model.blueprint import Blueprint
from model.errors import ConfigurationError
from model.lifecycle import judge, supports
from model.parts import Acknowledgement, DatabaseKind, DatabaseSpec, RuntimeSpec
from model.platform import Platform
from tests.conftest import ROOT

TODAY = date(2026, 11, 21)


@pytest.fixture
def platform() -> Platform:
    """Return the flagship."""
    return Blueprint.load(ROOT / "envs" / "payments", today=TODAY).platform


def test_what_is_supported_is_silent(platform: Platform) -> None:
    """The flagship uses nothing that ends within 180 days."""
    assert list(judge(platform, TODAY)) == []


def test_the_last_180_days_are_a_warning(platform: Platform) -> None:
    """python3.13 ends on 2029-06-30: a warning from 2029-01-01 on, up to the day itself."""
    assert list(judge(platform, date(2028, 12, 31))) == []
    for day in (date(2029, 1, 1), date(2029, 6, 30)):
        (verdict,) = judge(platform, day)
        assert not verdict.is_error
        assert "python3.13 should be replaced, its support ends on 2029-06-30" in verdict.message


def test_the_day_after_is_an_error(platform: Platform) -> None:
    """Past the end of support there is no synthesis."""
    (verdict,) = judge(platform, date(2029, 7, 1))
    assert verdict.is_error
    assert "ended on 2029-06-30" in verdict.message


def test_an_acknowledgement_makes_it_a_warning(platform: Platform) -> None:
    """Named, with a reason, it may stay; the reason is in the warning."""
    old = evolve(
        platform,
        runtime=RuntimeSpec(identifier="python3.9"),
        acknowledged=(Acknowledgement(what="python3.9", reason="Because."),),
    )
    (verdict,) = judge(old, TODAY)
    assert not verdict.is_error
    assert verdict.message.endswith("Because.")


def test_an_acknowledgement_of_nothing_is_an_error(platform: Platform) -> None:
    """What is not in use need not be acknowledged; it would hide the next one."""
    stale = evolve(platform, acknowledged=(Acknowledgement(what="python3.9", reason="Was."),))
    (verdict,) = judge(stale, TODAY)
    assert verdict.is_error


def test_minor_versions_end_too(platform: Platform) -> None:
    """RDS no longer creates 17.4, although 17 is supported for years; Aurora has its own minors."""
    for kind, expected in (
        (DatabaseKind.INSTANCE, ["postgres 17", "postgres 17.4"]),
        (DatabaseKind.CLUSTER, ["aurora-postgresql 17"]),
    ):
        spec = DatabaseSpec(kind=kind, engine_version="17.4")
        found = [support.what for support in supports(evolve(platform, database=spec))]
        assert found[1:] == expected


def test_what_nobody_knows_is_a_warning(platform: Platform) -> None:
    """A runtime without a date is not refused, but somebody is to look it up."""
    new = evolve(platform, runtime=RuntimeSpec(identifier="python3.15"))
    (verdict,) = judge(new, TODAY)
    assert not verdict.is_error


def test_loading_refuses_what_has_ended() -> None:
    """The blueprint of a platform is refused from the day after the end of support on."""
    folder: Path = ROOT / "envs" / "graviton"
    assert Blueprint.load(folder, today=date(2029, 6, 30)).warnings
    with pytest.raises(ConfigurationError, match=r"python3\.13 must be supported or acknowledged"):
        Blueprint.load(folder, today=date(2029, 7, 1))

"""What is past its end of support is an error, a warning, or acknowledged; by an injected clock."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from attrs import evolve
from cfnlint.data import AdditionalSpecs

from model.blueprint import Blueprint
from model.errors import ConfigurationError
from model.lifecycle import BUILD_IMAGE, Verdict, judge, supports
from model.parts import Acknowledgement, DatabaseKind, DatabaseSpec, RuntimeSpec
from model.platform import Platform
from tests.conftest import ROOT

TODAY = date(2026, 11, 21)


@pytest.fixture
def platform() -> Platform:
    """Return the flagship."""
    return Blueprint.load(ROOT / "envs" / "payments", today=TODAY).platform


def about(what: str, platform: Platform, today: date) -> Verdict:
    """Return what is said of one thing that *platform* uses."""
    (verdict,) = (v for v in judge(platform, today) if v.message.startswith(what))
    return verdict


def test_what_is_supported_is_silent(platform: Platform) -> None:
    """The flagship uses nothing that ends within 180 days."""
    assert list(judge(platform, TODAY)) == []


def test_the_last_180_days_are_a_warning(platform: Platform) -> None:
    """python3.13 ends on 2029-06-30: a warning from 2029-01-01 on, up to the day itself."""
    assert list(judge(platform, date(2028, 12, 31))) == []
    for day in (date(2029, 1, 1), date(2029, 6, 30)):
        verdict = about("python3.13", platform, day)
        assert not verdict.is_error
        assert "python3.13 should be replaced, its support ends on 2029-06-30" in verdict.message


def test_the_day_after_is_an_error(platform: Platform) -> None:
    """Past the end of support there is no synthesis."""
    verdict = about("python3.13", platform, date(2029, 7, 1))
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
        assert [what for what in found if "postgres" in what] == expected


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


def test_the_flagship_is_supported_for_ninety_days_to_come(platform: Platform) -> None:
    """From the day on which this fails there are 90 days to replace what ends."""
    soon = datetime.now(tz=UTC).date() + timedelta(days=90)
    ending = {s.what: s.ends for s in supports(platform) if s.ends is None or s.ends < soon}
    assert ending == {}


def test_runtimes_end_when_aws_says_so(platform: Platform) -> None:
    """The table agrees with AWS's dates as cfn-lint ships them."""
    data = files(AdditionalSpecs).joinpath("LmbdRuntimeLifecycle.json").read_text()
    published = {name: dates["deprecated"] for name, dates in json.loads(data).items()}
    for name in ("python3.9", "python3.10", "python3.11", "python3.12", "python3.13", "python3.14"):
        used = evolve(platform, runtime=RuntimeSpec(identifier=name))
        (ends,) = (support.ends for support in supports(used) if support.what == name)
        assert str(ends) == published.pop(name)
    assert not [name for name in published if name > "python3.14" and name.startswith("python3.1")]


def test_a_build_image_ends_too(platform: Platform) -> None:
    """Who deploys runs on something as well."""
    assert BUILD_IMAGE in {support.what for support in supports(platform)}
    bare = evolve(platform, governance=None, pipeline=None)
    assert BUILD_IMAGE not in {support.what for support in supports(bare)}

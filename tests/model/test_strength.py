"""No environment is weaker than the one before it, and the last keeps its floors [I8]."""

import datetime as dt
from pathlib import Path

import pytest

from model.blueprint import Blueprint
from model.environment import DECLARED
from model.errors import ConfigurationError
from model.order import CLASSIFICATION, NONE, SIZE, UNITS
from model.variation import Kind
from tests.model.conftest import Edit

TODAY = dt.date(2026, 11, 25)
ACCEPTED = """
[[weaker]]
setting = "functions.memory_mebibytes"
environment = "prod"
reason = "A measurement says that it needs no more."
expires = {expires}
"""


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the settings in *folder*."""
    try:
        Blueprint.load(folder, today=TODAY)
    except ConfigurationError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("old", "new", "setting"),
    [
        ("memory_mebibytes=2048", "memory_mebibytes=512", "functions.memory_mebibytes"),
        ("reserved_concurrency=200", "reserved_concurrency=20", "functions.reserved_concurrency"),
        ("nat_gateway_count=3", "nat_gateway_count=1", ""),
        ("read_capacity_units=100", "read_capacity_units=1", "tables.read_capacity_units"),
        ("point_in_time_recovery=True", "point_in_time_recovery=False", "tables.point_in_time"),
        ('"db.r6g.xlarge"', '"db.t4g.micro"', "database.instance_class"),
        ("backup_retention_days=30", "backup_retention_days=1", "database.backup_retention_days"),
        ("rate_limit_per_second=2000", "rate_limit_per_second=5", "api.rate_limit_per_second"),
        ("expiry_days=365", "expiry_days=31", "buckets.expiry_days"),
        ("LogSettings(retention_days=365)", "LogSettings(retention_days=7)", "logs.retention_days"),
        ("enabled=True", "enabled=False", "alarms.enabled"),
        ("lambda_errors_count=5", "lambda_errors_count=900", "alarms.lambda_errors_count"),
        ("database_free_gibibytes=10", "database_free_gibibytes=1", "alarms.database_free"),
        ("confirmation_required=True", "confirmation_required=False", "confirmation_required"),
        ('data_classification="restricted"', 'data_classification="public"', "classification"),
    ],
)
def test_production_is_never_weaker(
    folder: Path, edit: Edit, old: str, new: str, setting: str
) -> None:
    """A setting that production has weaker than staging is named with its line."""
    edit("prod.py", old, new)
    found = problems(folder)
    assert bool(found) is bool(setting)  # One gateway is what staging has too.
    assert all(one.startswith("envs/payments/prod.py:") and setting in one for one in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("confirmation_required=True", "confirmation_required=False"),
        ('data_classification="restricted"', 'data_classification="internal"'),
    ],
)
def test_floors_hold_though_staging_has_no_more(
    folder: Path, edit: Edit, old: str, new: str
) -> None:
    """What the last environment must have does not depend on the one before."""
    edit("prod.py", old, new)
    assert any("(platform.floors)" in one for one in problems(folder))


def test_a_platform_adds_floors(folder: Path, edit: Edit) -> None:
    """A platform may ask more of its last environment than all platforms do."""
    floor = 'Floor(setting="database.instance_count", at_least=3)'
    imported = "from model.governance import"
    edit("platform.py", imported, f"from model.floor import Floor\n{imported}")
    edit("platform.py", "    dashboard=True,", f"    dashboard=True,\n    floors=({floor},),")
    assert any("database.instance_count must be 3 or stronger" in one for one in problems(folder))


def test_an_acceptance_excuses_its_setting(folder: Path, edit: Edit) -> None:
    """What is weaker on purpose is accepted for one setting, with a reason and an expiry."""
    edit("prod.py", "memory_mebibytes=2048", "memory_mebibytes=512")
    (folder / "accepted_weaker.toml").write_text(ACCEPTED.format(expires="2027-06-30"))
    assert problems(folder) == []


@pytest.mark.parametrize("expires", ["2026-11-24", "2028-06-30"])
def test_an_acceptance_ends(folder: Path, edit: Edit, expires: str) -> None:
    """An acceptance counts until its expiry, which is at most a year away."""
    edit("prod.py", "memory_mebibytes=2048", "memory_mebibytes=512")
    (folder / "accepted_weaker.toml").write_text(ACCEPTED.format(expires=expires))
    assert problems(folder)


def test_an_acceptance_that_nothing_needs(folder: Path) -> None:
    """An acceptance of what is not weaker is taken out."""
    (folder / "accepted_weaker.toml").write_text(ACCEPTED.format(expires="2027-06-30"))
    assert any("must be needed" in one for one in problems(folder))


@pytest.mark.parametrize(
    "text",
    [
        "weaker = 1",
        "[[other]]\nsetting = 1",
        ACCEPTED.format(expires="2027-06-30").replace("functions.", "nothing."),
        ACCEPTED.format(expires='"soon"'),
        "not toml",
    ],
)
def test_an_acceptance_that_cannot_be_read(folder: Path, text: str) -> None:
    """A broken file accepts nothing, and is named."""
    (folder / "accepted_weaker.toml").write_text(text)
    assert any("accepted_weaker.toml" in one for one in problems(folder))


def test_every_amount_has_an_order() -> None:
    """Only identities, regions and costs are without an order."""
    unordered = {d.variation.kind for d in DECLARED if d.order is NONE}
    assert unordered <= {Kind.IDENTITY, Kind.REGIONAL, Kind.COST, Kind.RESILIENCE}
    amounts = (Kind.CAPACITY, Kind.RETENTION, Kind.THRESHOLD)
    assert all(d.order is not NONE for d in DECLARED if d.variation.kind in amounts)


def test_ranks() -> None:
    """Sizes, classifications and units are ranked as people do."""
    assert SIZE.is_weaker("db.r6g.large", "db.t4g.xlarge")
    assert SIZE.is_weaker("db.r6g.2xlarge", "db.r6g.16xlarge")
    assert not SIZE.is_weaker("db.r6g.metal", "db.r6g.large")
    assert CLASSIFICATION.is_weaker("public", "internal")
    assert UNITS.is_weaker(1, 5)
    assert not UNITS.is_weaker(0, 5)  # On demand.

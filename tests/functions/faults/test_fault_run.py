"""Kills, lost answers, throttles, wrong clocks and outages: no payment is lost or needs a hand.

This is the small run; `python -m tests.functions.faults` does 1,000 payments and 300 kills.
"""

import sys

import pytest
from tests.functions.faults.plan import Plan
from tests.functions.faults.stage import fault_run
from tests.functions.support.postgres_server import binaries


@pytest.mark.slow
@pytest.mark.skipif(binaries() is None, reason="no PostgreSQL server below /usr/lib/postgresql")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("store", ["dynamodb", "postgres"])
def test_nothing_is_lost_doubled_or_left_for_people(store: str) -> None:
    """Every accepted payment ends once, in all books alike, and by itself."""
    plan = Plan(payments_count=60, kills_count=20, outage_seconds=5)
    outcome = fault_run(plan, store=store)
    sys.stdout.write(f"{store}: {outcome.counts}\n")
    assert outcome.verdict.violations == ()
    assert outcome.is_done
    assert outcome.counts["kills"] == 20
    assert outcome.counts["violations"] == outcome.counts["unfinished payments"] == 0

"""Runs a plan of faults: python -m tests.functions.faults --store both --payments 1000."""

import argparse
import sys

from tests.functions.faults.plan import Plan
from tests.functions.faults.stage import fault_run


def main() -> int:
    """Print what came of each run; return 1 if anything should not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.functions.faults")
    parser.add_argument("--store", choices=("dynamodb", "postgres", "both"), default="both")
    parser.add_argument("--payments", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--outage-seconds", type=float, default=30)
    parser.add_argument("--speed", type=float, default=20)
    told = parser.parse_args()
    plan = Plan(
        payments_count=told.payments,
        kills_count=told.kills,
        outage_seconds=told.outage_seconds,
        speed=told.speed,
    )
    wrong = False
    for store in ("dynamodb", "postgres") if told.store == "both" else (told.store,):
        outcome = fault_run(plan, store=store)
        sys.stdout.write(f"{store}\n")
        for name, count in outcome.counts.items():
            sys.stdout.write(f"  {name:<26}{count:>7}\n")
        for violation in outcome.verdict.violations:
            sys.stdout.write(f"  {violation}\n")
        sys.stdout.flush()
        wrong = wrong or not outcome.is_done or outcome.counts["violations"] > 0
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())

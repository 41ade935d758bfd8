"""`payctl local traffic`."""

import statistics
import time
from collections import Counter
from typing import Annotated, Any, Final

from cyclopts import Parameter
from cyclopts.validators import Number

from devcloud.books import Books, balanced
from devcloud.commands.pay import Here
from devcloud.record import running
from devcloud.traffic_plan import Mix, TrafficPlan
from devcloud.traffic_run import TrafficRun, send
from payctl.exit_status import FINDINGS, FINE
from payctl.screen import say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Selection

_MOST: Final = 20_000
Rate = Annotated[
    float, Parameter(validator=Number(gt=0, lte=200), help="Requests a second, at most.")
]
Seconds = Annotated[
    int, Parameter(validator=Number(gte=1, lte=3600), help="For how long, at that rate.")
]
_PERCENT: Final = Number(gte=0, lte=50)
Duplicates = Annotated[
    float, Parameter(validator=_PERCENT, help="Percent that repeat an earlier request.")
]
Declines = Annotated[
    float, Parameter(validator=_PERCENT, help="Percent that the gateway declines.")
]
Poison = Annotated[float, Parameter(validator=_PERCENT, help="Percent that cannot be processed.")]
Seed = Annotated[int, Parameter(help="The same seed gives the same stream; 0 a new one.")]
Patience = Annotated[int, Parameter(help="Seconds to wait until the last payment has ended.")]


def traffic(  # noqa: PLR0913 - the options of the command
    environment: Here = "dev",
    *,
    rate: Rate = 20,
    seconds: Seconds = 10,
    duplicates: Duplicates = 10,
    declines: Declines = 5,
    poison: Poison = 1,
    seed: Seed = 0,
    patience: Patience = 300,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
) -> int:
    """Send a bounded stream of payments, and check that none is lost or doubled.

    Of all requests some repeat an earlier one with the same idempotency key, some are declined,
    and some are messages in the queue that nobody can work on. In the end every payment that was
    received must have been captured, declined or have failed, once, and the ledger must say so.
    """
    record = running(selection, environment)
    count = min(round(rate * seconds), _MOST)
    mix = Mix(duplicates_percent=duplicates, declines_percent=declines, poison_percent=poison)
    plan = TrafficPlan.random(count, mix, seed=seed or time.time_ns())
    with working(f"sending {count} requests") as work:
        run = send(record, plan, rate=rate, progress=work.at)
    with working("waiting for the last one to end") as work:
        books = balanced(
            record,
            run,
            expected=plan.unique_count,
            patience_seconds=patience,
            progress=work.at,
        )
    report = _report(plan, run, books)
    if as_json:
        say_json(report)
    else:
        _show(report, run, books)
    return FINDINGS if books.problems or run.refused else FINE


def _report(plan: TrafficPlan, run: TrafficRun, books: Books) -> dict[str, Any]:
    waits = [one.seconds * 1000 for one in run.sent]
    cuts = statistics.quantiles(waits, n=100, method="inclusive") if len(waits) > 1 else waits * 99
    return {
        "requests": len(plan.payments),
        "duplicates": len(plan.payments) - plan.unique_count,
        "poison": plan.poison_count,
        "refused": len(run.refused),
        "retries": sum(one.tries - 1 for one in run.sent),
        "seconds": round(run.seconds, 1),
        "per_second": round(len(run.sent) / run.seconds, 1),
        "milliseconds": {
            "p50": round(cuts[49]),
            "p95": round(cuts[94]),
            "p99": round(cuts[98]),
            "max": round(max(waits)),
        },
        "received": books.received,
        "states": dict(sorted(books.states.items())),
        "ended_after_seconds": round(books.seconds, 1),
        "ledger": dict(books.ledger),
        "problems": list(books.problems),
    }


def _show(report: dict[str, Any], run: TrafficRun, books: Books) -> None:
    say(
        f"{report['requests']} requests in {report['seconds']} s, {report['per_second']} a second;"
        f" {report['duplicates']} of them repeats; {report['retries']} tried again;"
        f" {report['poison']} poison messages"
    )
    waits = ", ".join(f"{name} {value} ms" for name, value in report["milliseconds"].items())
    say(f"latency: {waits}")
    states = " + ".join(f"{count} {state}" for state, count in report["states"].items())
    say(f"received {books.received} = {states}, {report['ended_after_seconds']} s after the last")
    ledger = ", ".join(f"{count} {name}" for name, count in books.ledger.items())
    say(f"ledger: {ledger or 'absent'}")
    for answer, count in Counter(one.answer for one in run.refused).most_common(5):
        say(f"refused {count} times: {answer}", style="red")
    for problem in books.problems:
        say(f"balance check failed: {problem}", style="bold red")
    if not books.problems:
        say("Balance check passed: no payment lost, none doubled.", style="green")

"""The balance check: every payment received ended once, and the ledger says the same."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from devcloud.database import connect
from devcloud.payment import FINAL
from devcloud.reach import access_to
from devcloud.record import Record
from devcloud.traffic_run import TrafficRun


@frozen(kw_only=True)
class Books:
    """What a run left in the stores.

    Attributes:
        states: How many of the run's transactions are in which state.

        seconds: How long it took after the last request until all had ended.

        ledger: Rows and unbalanced transactions there; empty where there is no ledger.

        problems: What the balance check found; empty when it passed.
    """

    received: int
    states: Mapping[str, int]
    seconds: float
    ledger: Mapping[str, int]
    problems: tuple[str, ...]


def balanced(
    record: Record,
    run: TrafficRun,
    *,
    expected: int,
    patience_seconds: float,
    progress: Callable[[str], None],
) -> Books:
    """Wait until every transaction of *run* has ended, then check states and ledger."""
    begin = time.monotonic()
    ids = frozenset().union(*run.transactions.values())
    states: dict[str, str] = {}
    while True:
        states = _states(record, ids)
        open_ = sum(state not in FINAL for state in states.values()) + len(ids) - len(states)
        progress(f"{open_} of {len(ids)} still open")
        if not open_ or time.monotonic() - begin > patience_seconds:
            break
        time.sleep(2)
    took = time.monotonic() - begin
    counts = Counter(states.values())
    ledger = _ledger(record, ids) if record.ledger else {}
    return Books(
        received=len(ids),
        states=counts,
        seconds=took,
        ledger=ledger,
        problems=tuple(_problems(run, expected, len(ids), counts, ledger)),
    )


def _problems(
    run: TrafficRun,
    expected: int,
    received: int,
    counts: Mapping[str, int],
    ledger: Mapping[str, int],
) -> list[str]:
    found = []
    doubled = [key for key, ids in run.transactions.items() if len(ids) > 1]
    ended = sum(counts.get(state, 0) for state in FINAL)
    if doubled:
        found.append(f"{len(doubled)} idempotency keys became more than one transaction")
    if received != expected:
        found.append(f"{expected} payments were sent, {received} were received")
    if ended != received:
        found.append(f"{received} were received, {ended} have ended")
    if ledger:
        captured = counts.get("captured", 0)
        if ledger["captures"] != captured:
            found.append(f"{captured} were captured, the ledger has {ledger['captures']}")
        if ledger["unbalanced"]:
            found.append(f"{ledger['unbalanced']} transactions do not sum to zero in the ledger")
    return found


def _states(record: Record, ids: frozenset[str]) -> dict[str, str]:
    """Read the states from the table itself: an answer of the API could be wrong as well."""
    table = record.names.resource("transactions")
    pages = access_to(record).client("dynamodb").get_paginator("scan").paginate(TableName=table)
    found: dict[str, str] = {}
    for page in pages:
        for item in page["Items"]:
            id_, state = _text(item, "transaction_id"), _text(item, "state")
            if id_ in ids and state:
                found[id_] = state
    return found


def _text(item: Mapping[str, Any], name: str) -> str:
    return str(item.get(name, {}).get("S", ""))


def _ledger(record: Record, ids: frozenset[str]) -> dict[str, int]:
    connection = connect(record.place, record.ledger)
    try:
        rows = connection.run(
            "select transaction_id::text, posting, currency, count(*), sum(amount_minor_units)"
            " from ledger group by transaction_id, posting, currency"
        )
    finally:
        connection.close()
    ours = [row for row in rows if row[0] in ids]
    return {
        "rows": sum(row[3] for row in ours),
        "captures": len({row[0] for row in ours if row[1] == "captured"}),
        "unbalanced": sum(row[4] != 0 for row in ours),
    }

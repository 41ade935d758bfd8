"""What must hold after a fault run, found in the stores themselves."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen
from functions.domain.bookkeeping import entries_for
from functions.domain.caller import UNAUTHENTICATED
from functions.domain.idempotency_key import transaction_id_for
from functions.domain.state import NEXT, State
from functions.storage.ledger import Ledger
from functions.storage.transaction_store import TransactionStore
from tests.functions.faults.run import Request

FINAL = {
    "tok_approve": State.CAPTURED,
    "tok_fail_twice": State.CAPTURED,
    "tok_decline": State.DECLINED,
    "tok_refuse": State.FAILED,
    "tok_capture_refuse": State.FAILED,
}


@frozen(kw_only=True)
class Verdict:
    """What a run came to.

    Attributes:
        violations: Everything that should not be; empty if all is well.

        states: How many payments are in each state.

        calls: How often the gateway was asked what.

    """

    violations: tuple[str, ...]
    states: Mapping[str, int]
    calls: Mapping[str, int]


def judge(
    *,
    requests: Sequence[Request],
    answers: Mapping[int, int],
    store: TransactionStore,
    ledger: Ledger,
    calls: Sequence[Mapping[str, Any]],
) -> Verdict:
    """Compare what callers were told with the store, the ledger and the gateway."""
    accepted: dict[str, list[Request]] = defaultdict(list)
    for number, request in enumerate(requests):
        if answers[number] == 202:
            accepted[request.key].append(request)
    states: Counter[str] = Counter()
    violations = [
        f"{request.key}: nobody was accepted"
        for request in requests
        if not accepted.get(request.key)
    ]
    for key, winners in accepted.items():
        found = _wrong(winners, store, ledger, calls, states)
        violations.extend(f"{key}: {what}" for what in found)
    return Verdict(
        violations=tuple(violations),
        states=states,
        calls=Counter(call["kind"] for call in calls),
    )


def _wrong(
    winners: Sequence[Request],
    store: TransactionStore,
    ledger: Ledger,
    calls: Sequence[Mapping[str, Any]],
    states: Counter[str],
) -> Iterator[str]:
    if len(winners) != 1:
        yield f"{len(winners)} bodies were accepted"
    [*_, winner] = winners
    transaction_id = transaction_id_for(UNAUTHENTICATED, winner.key)
    found = store.find(transaction_id)
    if found is None:
        yield "accepted and not stored"
        return
    states[found.state.value] += 1
    amount = winner.body["amount_minor_units"]
    if found.payment.money.amount_minor_units != amount:
        yield f"accepted with {amount}, stored with {found.payment.money}"
    if found.state is not FINAL[winner.body["payment_method"]] or not found.announced:
        yield f"ended {found.state.value}, announced {found.announced}"
    history = [step.state for step in store.history(transaction_id)]
    steps = list(itertools.pairwise(history))
    forbidden = [pair for pair in steps if pair[1] not in NEXT[pair[0]]]
    if history[0] is not State.RECEIVED or forbidden:
        yield f"history {[state.value for state in history]}"
    expected = entries_for(history, found.payment.money, caller=UNAUTHENTICATED)
    if sorted(map(str, expected)) != sorted(map(str, ledger.entries(transaction_id))):
        yield "the ledger does not agree"
    captured = {
        call["amount"]
        for call in calls
        if call["transaction_id"] == transaction_id and call["kind"] == "capture"
    }
    if captured != ({amount} if found.state is State.CAPTURED else set()):
        yield f"the gateway captured {captured}"

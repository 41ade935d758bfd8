"""Accepting payments and relaying what was left behind, with everything outside in memory."""

from datetime import timedelta

import pytest
from functions.domain.payment_form import parse_payment
from functions.domain.transaction import Transaction
from functions.payments.acceptance import Acceptance, RelayIncompleteError
from tests.functions.support.events import PAYMENT
from tests.functions.support.memory import Fuse, MemoryClock, MemoryQueue, MemoryStore

PAID = parse_payment(PAYMENT)


class BrokenDispatch:
    """Hands on all but one."""

    def __init__(self, broken: int) -> None:
        self.broken = broken
        self.handed_on: list[str] = []
        self.calls = 0

    def hand_on(self, transaction: Transaction) -> None:
        """Fail at one call."""
        self.calls += 1
        if self.calls == self.broken:
            raise ConnectionError
        self.handed_on.append(transaction.transaction_id)


def _acceptance(store: MemoryStore, dispatch: MemoryQueue | BrokenDispatch) -> Acceptance:
    return Acceptance(
        store=store,
        dispatch=dispatch,
        clock=MemoryClock(),
        report=lambda _transaction, _error: None,
    )


def test_the_relay_goes_on_after_a_failure_and_says_so() -> None:
    """One payment that can't be handed on holds up no other, and fails the relay visibly."""
    store = MemoryStore(Fuse())
    broken = _acceptance(store, BrokenDispatch(broken=0))
    ids = [broken.accept(key=f"k{n}", payment=PAID, correlation_id="c") for n in range(3)]
    store.marks = set(ids)
    store.clock.now += timedelta(minutes=1)  # type: ignore[attr-defined]
    dispatch = BrokenDispatch(broken=2)
    relay = _acceptance(store, dispatch)
    relay.clock.now += timedelta(minutes=1)  # type: ignore[attr-defined]
    with pytest.raises(RelayIncompleteError, match="1 of 3 not handed on"):
        relay.relay()
    assert len(dispatch.handed_on) == 2
    assert len(store.marks) == 1
    assert relay.relay() == 1


def test_repeats_are_not_handed_on_again() -> None:
    """Only the request that stored the payment queues it."""
    fuse = Fuse()
    queue = MemoryQueue(fuse)
    acceptance = _acceptance(MemoryStore(fuse), queue)
    for _ in range(3):
        acceptance.accept(key="k", payment=PAID, correlation_id="c")
    assert len(queue.waiting) == 1

"""Whatever is repeated, reordered, timed out or killed: no payment is lost, doubled or wrong."""

import contextlib
import itertools
from datetime import timedelta
from typing import Any

from functions.domain.bookkeeping import entries_for, imbalance
from functions.domain.idempotency_key import transaction_id_for
from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.domain.state import NEXT, State
from functions.gateway.payment_gateway import GatewayTimeoutError
from functions.payments.acceptance import Acceptance
from functions.payments.outcome_effect import PostToLedger
from functions.payments.progress import HeldError, Progress
from functions.payments.relay import Relay
from functions.storage.transaction_store import KeyReusedError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.functions.support.memory import (
    Fuse,
    Killed,
    MemoryClock,
    MemoryGateway,
    MemoryLedger,
    MemoryListener,
    MemoryQueue,
    MemoryStore,
)

KEYS = st.sampled_from(["a", "b", "c"])
TOKENS = st.sampled_from(
    ["tok_approve", "tok_decline", "tok_fail_twice", "tok_refuse", "tok_capture_refuse"]
)
FUSES = st.one_of(st.just(-1), st.integers(0, 8), st.integers(0, 40))
CALLER = "iam:AROAEXAMPLE"
FINAL = {State.CAPTURED, State.DECLINED, State.FAILED}


class Platform(RuleBasedStateMachine):
    """The platform, poked at random; its own memory of what was promised to callers."""

    def __init__(self) -> None:
        super().__init__()
        self.fuse = Fuse()
        clock = MemoryClock()
        self.store = MemoryStore(self.fuse, clock)
        self.queue = MemoryQueue(self.fuse)
        self.gateway = MemoryGateway(self.fuse)
        self.ledger = MemoryLedger(self.fuse)
        self.listener = MemoryListener(self.fuse)
        self.clock = clock
        self.promised: dict[str, Payment] = {}
        self.progress = Progress(
            store=self.store,
            gateway=self.gateway,
            effects=(PostToLedger(ledger=self.ledger), self.listener),
            clock=clock,
            sleep=lambda _: None,
        )
        self.acceptance = Acceptance(
            store=self.store,
            dispatch=self.queue,
            clock=clock,
            report=lambda _id, _error: None,
        )
        self.relay = Relay(
            store=self.store,
            dispatch=self.queue,
            clock=clock,
            report=lambda _id, _error: None,
        )

    @rule(key=KEYS, amount=st.integers(1, 3), token=TOKENS, fuse=FUSES)
    def post(self, key: str, amount: int, token: str, fuse: int) -> None:
        """Post a payment as a caller; the function may be killed at any moment."""
        payment = Payment(
            money=Money(amount_minor_units=amount, currency="EUR"),
            payment_method=token,
            reference="order",
        )
        self._light(fuse)
        try:
            transaction_id = self.acceptance.accept(
                caller=CALLER, key=key, payment=payment, correlation_id=key
            )
        except KeyReusedError:
            assert self.store.stored[transaction_id_for(CALLER, key)].payment != payment
        except Killed:
            pass
        else:
            assert self.promised.setdefault(transaction_id, payment) == payment

    @rule(data=st.data(), fuse=FUSES, timeouts=st.integers(0, 4), again=st.booleans())
    def deliver(self, data: Any, fuse: int, timeouts: int, again: bool) -> None:
        """Deliver any message; it may come again although it was worked on."""
        if not self.queue.waiting:
            return
        place = data.draw(st.integers(0, len(self.queue.waiting) - 1))
        self._light(fuse)
        self.gateway.timeouts = timeouts
        try:
            self.progress.advance(self.queue.waiting[place])
        except (Killed, GatewayTimeoutError, HeldError):
            return
        if not again:
            del self.queue.waiting[place]

    @rule(fuse=FUSES, minutes=st.integers(0, 2))
    def tick(self, fuse: int, minutes: int) -> None:
        """Relay what was left behind, as the schedule does."""
        self.clock.now += timedelta(minutes=minutes)
        self._light(fuse)
        with contextlib.suppress(Killed):
            self.relay.run(has_time=lambda: True)

    @rule(data=st.data())
    def lose(self, data: Any) -> None:
        """Lose a message, as when it expires: the mark in the store remains."""
        if self.queue.waiting:
            del self.queue.waiting[data.draw(st.integers(0, len(self.queue.waiting) - 1))]

    def _light(self, at: int) -> None:
        self.fuse.at, self.fuse.passed = at, 0
        self.gateway.timeouts = 0

    @invariant()
    def histories_are_allowed(self) -> None:
        """No history holds a step that the one before it does not allow."""
        for name in self.store.stored:
            states = [step.state for step in self.store.steps if step.transaction_id == name]
            assert states[0] is State.RECEIVED
            assert all(after in NEXT[before] for before, after in itertools.pairwise(states))

    @invariant()
    def money_is_never_created(self) -> None:
        """See that the gateway took what was asked for, and the books never show more."""
        for name, money in self.gateway.captured.items():
            assert self.store.stored[name].payment.money == money
        for owner in {owner for owner, *_ in self.ledger.rows}:
            assert owner in self.gateway.captured
            assert imbalance(self.ledger.entries(owner)) == {}

    @invariant()
    def promises_are_kept(self) -> None:
        """Every payment answered with 202 is stored as it was sent."""
        for name, payment in self.promised.items():
            assert self.store.stored[name].payment == payment

    def teardown(self) -> None:
        """Once nothing fails any more, every payment comes to its end and the books agree."""
        self._light(-1)
        self.queue.waiting.clear()
        # The first round may find payments held by workers that were killed.
        for _ in range(2):
            self.clock.now += timedelta(minutes=16)
            self.relay.run(has_time=lambda: True)
            for name in set(self.queue.waiting):
                with contextlib.suppress(HeldError):
                    self.progress.advance(name)
        for name, transaction in self.store.stored.items():
            assert transaction.state in FINAL
            assert transaction.announced
            expected = entries_for(
                [step.state for step in self.store.history(name)],
                transaction.payment.money,
                caller=CALLER,
            )
            assert sorted(map(str, self.ledger.entries(name))) == sorted(map(str, expected))
            assert (name, transaction.state) in self.listener.heard
            captured = transaction.state is State.CAPTURED
            assert captured == (name in self.gateway.captured)
        assert self.store.marks == {}
        outcomes = set(self.listener.heard)
        assert len(outcomes) == len({name for name, _ in outcomes})


Platform.TestCase.settings = settings(
    max_examples=300,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestPlatform = Platform.TestCase

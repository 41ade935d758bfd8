"""Accepting payments and taking up what is unfinished, with everything outside in memory."""

from datetime import timedelta
from typing import Any

import pytest
from functions.domain.back_off import LONGEST, SHORTEST, due_after
from functions.domain.payment_form import parse_payment
from functions.domain.transaction import Transaction
from functions.gateway.circuit_breaker import CircuitBreaker
from functions.gateway.payment_gateway import GatewayTimeoutError
from functions.payments.acceptance import Acceptance
from functions.payments.dispatch import AtOnce, Dispatch
from functions.payments.progress import LEASE, HeldError, Progress
from functions.payments.relay import Relay
from tests.functions.support.events import PAYMENT
from tests.functions.support.memory import (
    Fuse,
    MemoryClock,
    MemoryGateway,
    MemoryQueue,
    MemoryStore,
)

PAID = parse_payment(PAYMENT)


class World:
    """Acceptance, relay and progress over one store, with a gateway that may be down."""

    def __init__(self, dispatch: Dispatch | None = None) -> None:
        self.fuse = Fuse()
        self.clock = MemoryClock()
        self.store = MemoryStore(self.fuse, self.clock)
        self.gateway = MemoryGateway(self.fuse)
        self.progress = Progress(
            store=self.store,
            gateway=self.gateway,
            effects=(),
            clock=self.clock,
            sleep=lambda _: None,
            # Out of the way: what is tested here does not need it.
            breaker=CircuitBreaker(limit_count=10**6),
        )
        self.failures: list[str] = []
        self.dispatch = dispatch or AtOnce(progress=self.progress)
        self.acceptance = Acceptance(
            store=self.store, dispatch=self.dispatch, clock=self.clock, report=self._report
        )
        self.relay = Relay(
            store=self.store, dispatch=self.dispatch, clock=self.clock, report=self._report
        )

    def _report(self, transaction_id: str, _error: Exception) -> None:
        self.failures.append(transaction_id)

    def accept(self, count: int = 1) -> list[str]:
        """Accept *count* payments; return their ids."""
        return [
            self.acceptance.accept(caller="c", key=f"k{n}", payment=PAID, correlation_id="c")
            for n in range(count)
        ]

    def run(self, *, minutes: float = 0) -> int:
        """Run the relay after so many minutes; return how many it handed on."""
        self.clock.now += timedelta(minutes=minutes)
        return self.relay.run(has_time=lambda: True).count


class BrokenDispatch:
    """Hands on all but one."""

    def __init__(self, broken: int) -> None:
        self.broken = broken
        self.handed_on: list[str] = []
        self.calls = 0

    def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:
        """Fail at one call."""
        assert correlation_id
        self.calls += 1
        if self.calls == self.broken:
            raise ConnectionError
        self.handed_on.append(transaction_id)


class TestRelay:
    """Taking up what is unfinished."""

    def test_goes_on_after_a_failure(self) -> None:
        """One payment that can't be handed on holds up no other, and is tried again later."""
        dispatch = BrokenDispatch(broken=5)
        world = World(dispatch)
        world.accept(3)
        assert world.run(minutes=1) == 2
        assert len(dispatch.handed_on) == 5
        assert world.run() == 0
        assert world.run(minutes=2) == 3

    def test_a_lost_message_is_sent_again(self) -> None:
        """A payment whose message expired is not forgotten, however often that happens."""
        queue = MemoryQueue(Fuse())
        world = World(queue)
        [transaction_id] = world.accept()
        for _ in range(20):
            queue.waiting.clear()
            assert world.run(minutes=16) == 1
            assert queue.waiting == [transaction_id]
        assert world.progress.advance(transaction_id).announced
        assert world.run(minutes=60) == 0

    def test_sixty_unanswered_payments_stop_nobody(self) -> None:
        """What the gateway does not answer waits ever longer; the next payment is done at once."""
        world = World()
        world.gateway.timeouts = 10**9
        world.accept(60)
        assert len(world.failures) == 60
        for _ in range(5):
            world.run(minutes=16)
        world.gateway.timeouts = 0
        asked = len(world.gateway.authorized)
        transaction_id = world.acceptance.accept(
            caller="c", key="next", payment=PAID, correlation_id="c"
        )
        assert world.store.stored[transaction_id].announced
        assert asked == 60

    def test_an_outage_of_hours_ends_by_itself(self) -> None:
        """Asked less and less often, and done within the longest pause once it is over."""
        world = World()
        world.gateway.timeouts = 10**9
        [transaction_id] = world.accept()
        before = world.store.stored[transaction_id].attempts
        for _ in range(6 * 60):
            world.run(minutes=1)
        tries = (world.store.stored[transaction_id].attempts - before) / 3
        assert 20 < tries < 35
        world.gateway.timeouts = 0
        for _ in range(int(LONGEST / timedelta(minutes=1)) + 2):
            world.run(minutes=1)
        assert world.store.stored[transaction_id].announced
        assert len(world.gateway.captured) == 1

    def test_stops_when_time_is_up(self) -> None:
        """What no longer fits stays as due as it was."""
        world = World(MemoryQueue(Fuse()))
        world.accept(5)
        world.clock.now += timedelta(minutes=1)
        left = iter([True, True, False])
        assert world.relay.run(has_time=lambda: next(left)).count == 2
        assert world.run() == 3

    def test_tells_the_age_of_the_oldest(self) -> None:
        """The age is that of the longest waiting payment; zero when nothing is due."""
        world = World(MemoryQueue(Fuse()))
        assert world.relay.run(has_time=lambda: True).oldest == timedelta(0)
        world.accept(2)
        world.clock.now += timedelta(hours=2)
        assert world.relay.run(has_time=lambda: True).oldest > timedelta(hours=2)

    def test_a_young_payment_is_left_to_its_own_request(self) -> None:
        """Nothing is due before the shortest pause is over."""
        world = World(MemoryQueue(Fuse()))
        world.accept()
        assert world.run() == 0
        assert world.run(minutes=SHORTEST / timedelta(minutes=1)) == 1


def _taken(world: World, found: Transaction) -> Transaction:
    """Return *found* as a worker takes it up that is killed then."""
    now = world.clock()
    return found.taken_up(
        held_until=now + LEASE, due_at=due_after(now, received_at=found.received_at)
    )


class TestLease:
    """One worker per transaction."""

    def test_a_second_worker_asks_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """While one works, others are told that it is held."""
        world = World(MemoryQueue(Fuse()))
        [transaction_id] = world.accept()
        asked: list[int] = []
        plain = MemoryGateway.authorize

        def authorize(gateway: MemoryGateway, **call: Any) -> object:
            asked.append(1)
            with pytest.raises(HeldError):
                world.progress.advance(transaction_id)
            return plain(gateway, **call)

        monkeypatch.setattr(MemoryGateway, "authorize", authorize)
        assert world.progress.advance(transaction_id).announced
        assert asked == [1]

    def test_ends_by_itself(self) -> None:
        """A worker that was killed holds a transaction no longer than the lease."""
        world = World(MemoryQueue(Fuse()))
        [transaction_id] = world.accept()
        found = world.store.stored[transaction_id]
        world.store.save(found, _taken(world, found))
        with pytest.raises(HeldError):
            world.progress.advance(transaction_id)
        world.clock.now += LEASE
        assert world.progress.advance(transaction_id).announced

    def test_what_kills_every_worker_comes_round_ever_less_often(self) -> None:
        """A payment that no worker finishes is due after its age, not after each lease."""
        world = World(MemoryQueue(Fuse()))
        [transaction_id] = world.accept()
        handed_on = 0
        for _ in range(6 * 60):
            if world.run(minutes=1):
                handed_on += 1
                found = world.store.stored[transaction_id]
                world.store.save(found, _taken(world, found))
        assert 20 < handed_on < 35


def test_repeats_are_not_handed_on_again() -> None:
    """Only the request that stored the payment queues it."""
    queue = MemoryQueue(Fuse())
    world = World(queue)
    for _ in range(3):
        world.accept()
    assert len(queue.waiting) == 1


class TestCircuitBreaker:
    """Sparing a gateway that does not answer."""

    def test_opens_and_closes(self) -> None:
        """After the limit nobody asks for a while; then one answer lets all ask again."""
        now = [0.0]
        breaker = CircuitBreaker(limit_count=3, pause_seconds=30, clock_seconds=lambda: now[0])
        asked: list[float] = []

        def question() -> str:
            asked.append(now[0])
            if now[0] < 60:
                raise GatewayTimeoutError
            return "yes"

        for _ in range(10):
            with pytest.raises(GatewayTimeoutError):
                breaker.ask(question)
        assert len(asked) == 3
        now[0] = 31
        with pytest.raises(GatewayTimeoutError):
            breaker.ask(question)
        with pytest.raises(GatewayTimeoutError, match="not asked"):
            breaker.check()
        assert len(asked) == 4
        now[0] = 62
        assert [breaker.ask(question) for _ in range(5)] == ["yes"] * 5

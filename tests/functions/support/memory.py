"""Doubles of everything outside, in memory, that can be cut off before or after any call."""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from attrs import define, evolve, field
from functions.domain.bookkeeping import Entry
from functions.domain.money import Money
from functions.domain.state import NEXT, State
from functions.domain.transaction import AuditRecord, Transaction
from functions.gateway.payment_gateway import Approval, Decline, GatewayTimeoutError
from functions.gateway.sandbox_gateway import SandboxGateway
from functions.storage.transaction_store import (
    Creation,
    KeyReusedError,
    StaleTransactionError,
    Unfinished,
)

F = TypeVar("F", bound=Callable[..., Any])
START = datetime(2026, 11, 21, 4, 50, 30, tzinfo=UTC)


class Killed(BaseException):
    """The process is gone; like a real kill, no handler of exceptions may see it."""


@define
class Fuse:
    """Kills at one moment: an even number before a call, an odd one after it; -1 is never."""

    at: int = -1
    passed: int = 0

    def burn(self) -> None:
        """Pass one moment."""
        self.passed += 1
        if self.passed - 1 == self.at:
            raise Killed


def fused(method: F) -> F:
    """Let the fuse burn before and after every call of *method*."""

    @functools.wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        self.fuse.burn()
        result = method(self, *args, **kwargs)
        self.fuse.burn()
        return result

    return call  # type: ignore[return-value]


@define(eq=False)
class MemoryClock:
    """A clock that goes on by a second each time it is read."""

    now: datetime = START

    def __call__(self) -> datetime:
        """Return the time."""
        self.now += timedelta(seconds=1)
        return self.now


@define(eq=False)
class MemoryStore:
    """A TransactionStore in memory."""

    fuse: Fuse
    clock: Callable[[], datetime] = field(factory=MemoryClock)
    stored: dict[str, Transaction] = field(factory=dict)
    steps: list[AuditRecord] = field(factory=list)
    marks: dict[str, Unfinished] = field(factory=dict)

    @fused
    def create(self, transaction: Transaction) -> Creation:
        """See TransactionStore."""
        stored = self.stored.get(transaction.transaction_id)
        if stored is None:
            self.stored[transaction.transaction_id] = transaction
            self._mark(transaction)
            self._audit(transaction, transaction.received_at)
            return Creation(transaction=transaction, created=True)
        if stored.payment != transaction.payment:
            raise KeyReusedError
        return Creation(transaction=stored, created=False)

    @fused
    def find(self, transaction_id: str) -> Transaction | None:
        """See TransactionStore."""
        return self.stored.get(transaction_id)

    @fused
    def save(self, before: Transaction, after: Transaction) -> Transaction:
        """See TransactionStore; in addition no forbidden transition is ever stored."""
        stored = self.stored[before.transaction_id]
        if stored.version != before.version:
            raise StaleTransactionError(before.transaction_id, before.version)
        if after.state is not stored.state:
            assert after.state in NEXT[stored.state]
            self._audit(after, self.clock())
        self.stored[after.transaction_id] = after
        self._mark(after)
        return after

    @fused
    def history(self, transaction_id: str) -> tuple[AuditRecord, ...]:
        """See TransactionStore."""
        return tuple(step for step in self.steps if step.transaction_id == transaction_id)

    def unfinished(self, *, due_before: datetime, limit: int) -> Iterator[Unfinished]:
        """See TransactionStore."""
        due = [one for _, one in sorted(self.marks.items()) if one.due_at < due_before]
        yield from sorted(due, key=lambda one: one.due_at)[:limit]

    @fused
    def defer(self, one: Unfinished, due_at: datetime) -> bool:
        """See TransactionStore."""
        if self.marks.get(one.transaction_id) != one:
            return False
        self.marks[one.transaction_id] = evolve(one, due_at=due_at)
        return True

    def _mark(self, transaction: Transaction) -> None:
        self.marks.pop(transaction.transaction_id, None)
        if not transaction.announced:
            self.marks[transaction.transaction_id] = Unfinished(
                transaction_id=transaction.transaction_id,
                received_at=transaction.received_at,
                due_at=transaction.due_at,
            )

    def _audit(self, transaction: Transaction, at: datetime) -> None:
        self.steps.append(
            AuditRecord(
                transaction_id=transaction.transaction_id,
                caller=transaction.caller,
                version=transaction.version,
                state=transaction.state,
                at=at,
                reason=transaction.reason,
            )
        )


@define(eq=False)
class MemoryQueue:
    """A Dispatch onto a list of transaction ids."""

    fuse: Fuse
    waiting: list[str] = field(factory=list)

    @fused
    def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:
        """See Dispatch."""
        assert correlation_id
        self.waiting.append(transaction_id)


@define(eq=False)
class MemoryGateway:
    """A gateway that remembers what it did, and times out when it is told to."""

    fuse: Fuse
    timeouts: int = 0
    authorized: dict[str, Money] = field(factory=dict)
    captured: dict[str, Money] = field(factory=dict)

    def _may_time_out(self) -> None:
        if self.timeouts > 0:
            self.timeouts -= 1
            raise GatewayTimeoutError("no answer")

    @fused
    def authorize(
        self, *, transaction_id: str, money: Money, payment_method: str, attempt: int
    ) -> Approval | Decline:
        """See PaymentGateway; a timeout may hide that it was done."""
        answer = SandboxGateway().authorize(
            transaction_id=transaction_id,
            money=money,
            payment_method=payment_method,
            attempt=attempt,
        )
        if isinstance(answer, Approval):
            assert self.authorized.setdefault(transaction_id, money) == money
        self._may_time_out()
        return answer

    @fused
    def capture(self, *, transaction_id: str, money: Money, reference: str) -> None:
        """See PaymentGateway; as above."""
        SandboxGateway().capture(transaction_id=transaction_id, money=money, reference=reference)
        assert self.authorized[transaction_id] == money
        assert self.captured.setdefault(transaction_id, money) == money
        self._may_time_out()


@define(eq=False)
class MemoryLedger:
    """A Ledger in memory."""

    fuse: Fuse
    rows: dict[tuple[str, str, str], Entry] = field(factory=dict)

    @fused
    def post(self, transaction_id: str, entries: Iterable[Entry]) -> None:
        """See Ledger."""
        for entry in entries:
            self.rows.setdefault((transaction_id, entry.posting, entry.account), entry)

    def entries(self, transaction_id: str) -> tuple[Entry, ...]:
        """See Ledger."""
        return tuple(
            row for (owner, *_), row in sorted(self.rows.items()) if owner == transaction_id
        )


@define(eq=False)
class MemoryListener:
    """An effect that remembers which outcomes it was told of."""

    fuse: Fuse
    heard: list[tuple[str, State]] = field(factory=list)

    @fused
    def apply(self, transaction: Transaction, history: Sequence[AuditRecord]) -> None:
        """See OutcomeEffect."""
        assert history[-1].state is transaction.state
        self.heard.append((transaction.transaction_id, transaction.state))

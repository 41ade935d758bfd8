"""Take up what is unfinished: nothing that was accepted is forgotten, whatever was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from attrs import frozen

from functions.domain.back_off import due_after
from functions.domain.instant import Clock
from functions.payments.dispatch import Dispatch
from functions.payments.progress import HeldError
from functions.storage.transaction_store import TransactionStore

LIMIT_COUNT: Final = 5_000
"""How many transactions one run takes up at most; the next one goes on from there."""

Report = Callable[[str, Exception], None]
"""Is told the id of each transaction that could not be handed on, and why."""


@frozen(kw_only=True)
class Relayed:
    """What came of one run.

    Attributes:
        count: How many transactions were handed on.

        oldest: The age of the oldest one that was due; zero if none was.

    """

    count: int = 0
    oldest: timedelta = timedelta(0)


@frozen(kw_only=True, eq=False)
class Relay:
    """Hands on transactions that are due: those whose message, worker or answer was lost.

    Attributes:
        store: Where they are; a mark shows each until everything about it is done.

        dispatch: Who they are handed on to.

        clock: Tells which are due.

        report: Is told of those that could not be handed on.

    """

    store: TransactionStore
    dispatch: Dispatch
    clock: Clock
    report: Report

    def run(self, *, has_time: Callable[[], bool]) -> Relayed:
        """Hand on what is due, the longest due first, while *has_time* says so.

        Each is deferred before it is handed on, the longer the older it is: one that fails, or
        kills the run, never stands in the way of the others.
        """
        now, count, oldest = self.clock(), 0, timedelta(0)
        for one in self.store.unfinished(due_before=now, limit=LIMIT_COUNT):
            if not has_time():
                break
            oldest = max(oldest, now - one.received_at)
            try:
                if self.store.defer(one, due_after(now, received_at=one.received_at)):
                    self.dispatch.hand_on(one.transaction_id, correlation_id=one.transaction_id)
                    count += 1
            except HeldError:
                continue
            except Exception as error:  # noqa: BLE001 - whatever it is, the transaction stays due
                self.report(one.transaction_id, error)
        return Relayed(count=count, oldest=oldest)

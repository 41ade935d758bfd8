"""Where the payments of a batch file go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol, TypeVar

from attrs import frozen

from functions.ingest.logic import GoodLine, Reject
from functions.messaging.payment_queue import MESSAGES_PER_CALL, PaymentQueue
from functions.messaging.queue_message import LINES_PER_MESSAGE, Submissions
from functions.payments.acceptance import Acceptance
from functions.storage.transaction_store import KeyReusedError

T = TypeVar("T")
Refuse = Callable[[Reject], None]


class Destination(Protocol):
    """Takes payments; taking them twice is like taking them once."""

    def take(self, caller: str, source: str, good: Iterable[GoodLine], refuse: Refuse) -> int:
        """Take *good* as they come, and pass on what cannot be taken; return how many were."""


@frozen(kw_only=True, eq=False)
class ToQueue:
    """Queues payments in bulk; processing accepts each as if it were posted."""

    queue: PaymentQueue

    def take(self, caller: str, source: str, good: Iterable[GoodLine], refuse: Refuse) -> int:  # noqa: ARG002
        """See Destination."""
        taken = 0
        for chunk in in_chunks(good, LINES_PER_MESSAGE * MESSAGES_PER_CALL):
            self.queue.send_submissions(
                [
                    Submissions(
                        caller=caller,
                        source=source,
                        submissions=tuple(one.submission for one in part),
                    )
                    for part in in_chunks(chunk, LINES_PER_MESSAGE)
                ]
            )
            taken += len(chunk)
        return taken


@frozen(kw_only=True, eq=False)
class ToStore:
    """Accepts payments one by one, for platforms without a queue."""

    acceptance: Acceptance

    def take(self, caller: str, source: str, good: Iterable[GoodLine], refuse: Refuse) -> int:
        """See Destination."""
        taken = 0
        for one in good:
            try:
                self.acceptance.accept(
                    caller=caller,
                    key=one.submission.key,
                    payment=one.submission.payment,
                    correlation_id=source,
                )
            except KeyReusedError as error:
                refuse(Reject(line=one.line, reasons=(str(error),)))
            else:
                taken += 1
        return taken


def in_chunks(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield *values* in tuples of *size*, the last one perhaps shorter."""
    left = iter(values)
    while chunk := tuple(islice(left, size)):
        yield chunk

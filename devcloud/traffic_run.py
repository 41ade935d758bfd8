"""Sends a stream of payments at a rate, and notes what was answered and how long it took."""

import json
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from attrs import frozen

from devcloud.payment import ACCEPTED, Payment
from devcloud.reach import access_to
from devcloud.record import Record
from devcloud.traffic_plan import TrafficPlan
from model.names import QUEUE
from payctl.errors import AccessError

_CLIENTS: Final = 6
_TRIES: Final = 9
_LONGEST_PAUSE_SECONDS: Final = 5.0
_RETRIED: Final = frozenset({429, 500, 502, 503, 504})


@frozen(kw_only=True)
class Sent:
    """What became of one request.

    Attributes:
        key: The payment's idempotency key.

        transaction_id: Its id, empty when it was not accepted.

        seconds: How long the caller waited, over all tries.

        tries: How often it was sent; a caller who hears nothing sends the same again.
    """

    key: str
    transaction_id: str
    seconds: float
    tries: int
    answer: str = ""


@frozen(kw_only=True)
class TrafficRun:
    """What became of all of them, and how long it took to send them."""

    sent: tuple[Sent, ...]
    seconds: float

    @property
    def transactions(self) -> Mapping[str, frozenset[str]]:
        """The transactions of each key: there must be exactly one."""
        found: dict[str, set[str]] = {}
        for one in self.sent:
            if one.transaction_id:
                found.setdefault(one.key, set()).add(one.transaction_id)
        return {key: frozenset(ids) for key, ids in found.items()}

    @property
    def refused(self) -> tuple[Sent, ...]:
        """The requests that were not accepted at all."""
        return tuple(one for one in self.sent if not one.transaction_id)


def send(
    record: Record, plan: TrafficPlan, *, rate: float, progress: Callable[[str], None]
) -> TrafficRun:
    """Send every payment of *plan*, *rate* a second at most, and its poison all along."""
    begin = time.monotonic()
    total = len(plan.payments)
    every = total // plan.poison_count if plan.poison_count else 0

    def one(index: int) -> Sent:
        wait = begin + index / rate - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        if index % 50 == 0:
            progress(f"{index} of {total}")
        return _sent(record, plan.payments[index])

    with ThreadPoolExecutor(_CLIENTS + 1) as pool:
        poisoned = pool.submit(_poison, record, plan.poison_count, every / rate)
        sent = tuple(pool.map(one, range(total)))
        poisoned.result()
    return TrafficRun(sent=sent, seconds=time.monotonic() - begin)


def queue_of(record: Record, sqs: Any) -> str:
    """Return the URL of the payment queue."""
    url: str = sqs.get_queue_url(QueueName=record.names.resource(QUEUE))["QueueUrl"]
    return url


def _sent(record: Record, payment: Payment) -> Sent:
    begin = time.monotonic()
    transaction_id, answer, tries = "", "", 0
    for tries in range(1, _TRIES + 1):
        try:
            status, content = payment.post(record)
        except AccessError as error:
            status, content = 504, str(error)
        if status == ACCEPTED:
            transaction_id, answer = content["transaction_id"], ""
            break
        answer = f"{status} {content}"
        if status not in _RETRIED:
            break
        time.sleep(min(0.1 * 2**tries, _LONGEST_PAUSE_SECONDS))
    return Sent(
        key=payment.key,
        transaction_id=transaction_id,
        seconds=time.monotonic() - begin,
        tries=tries,
        answer=answer,
    )


def _poison(record: Record, count: int, pause_seconds: float) -> None:
    sqs = access_to(record).client("sqs")
    url = queue_of(record, sqs) if count else ""
    for number in range(count):
        body = ("no JSON at all", json.dumps({"transaction_id": str(uuid.uuid4())}), "{}")
        sqs.send_message(QueueUrl=url, MessageBody=body[number % len(body)])
        time.sleep(min(pause_seconds, 5))

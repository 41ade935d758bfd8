"""A fault run: callers, queue and schedule at work while processes, answers and stores are lost."""

import json
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import boto3
from attrs import define, field, frozen
from botocore.exceptions import ClientError
from tests.functions.faults.plan import SEED, TOKENS, Scene
from tests.functions.faults.pool import Pool
from tests.functions.support.cloud import REGION, Cloud
from tests.functions.support.events import PAYMENT, TICK, rest, sqs

CALLERS, POLLERS = 6, 3
DRAIN_SECONDS = 600


@frozen(kw_only=True)
class Request:
    """What one caller sends, again and again until it is accepted or refused."""

    key: str
    body: dict[str, Any]

    @property
    def event(self) -> dict[str, Any]:
        """The event of one try."""
        return rest("POST", "/process", self.body, headers={"Idempotency-Key": self.key})


@define(eq=False)
class Run:
    """One fault run.

    Attributes:
        scene: What the processes are told.

        cloud: The emulated services.

        unfinished_count: Tells how many payments are not done.

        answers: The status of the last answer to each request that had one.

    """

    scene: Scene
    cloud: Cloud
    unfinished_count: Callable[[], int]
    answers: dict[int, int] = field(init=False, factory=dict)
    requests: list[Request] = field(init=False)
    pool: Pool = field(init=False)
    changed_answers_count: int = field(default=0, init=False)
    _done: threading.Event = field(init=False, factory=threading.Event)
    _next: int = field(default=0, init=False)
    _lock: Any = field(init=False, factory=threading.Lock)

    def __attrs_post_init__(self) -> None:
        """Think of the payments: a third of the keys are used by two callers."""
        chance = random.Random(SEED)  # noqa: S311 - the same ones in every run
        self.requests = []
        for number in range(self.scene.plan.payments_count):
            body = {**PAYMENT, "payment_method": chance.choice(TOKENS)}
            for amount in range(1, 3 if number % 3 == 0 else 2):
                self.requests.append(
                    Request(key=f"key-{number}", body={**body, "amount_minor_units": amount})
                )
        self.pool = Pool(self.scene)

    def run(self) -> bool:
        """Do everything; return whether all payments were done in the end, untouched by hands."""
        try:
            callers = self._start([self._call] * CALLERS)
            others = self._start([self._poll] * POLLERS + [self._tick, self._kill, self._go_down])
            for thread in callers:
                thread.join()
            while self.pool.kills_count < self.scene.plan.kills_count:
                time.sleep(0.1)
            (self.scene.folder / "calm").touch()
            is_done = self._drain()
            for number, request in enumerate(self.requests):
                answer = self._ask(request)
                self.changed_answers_count += answer != self.answers[number]
            self._done.set()
            for thread in others:
                thread.join()
            return is_done
        finally:
            self.pool.stop()

    def _start(self, parts: list[Callable[[], None]]) -> list[threading.Thread]:
        threads = [threading.Thread(target=part, daemon=True) for part in parts]
        for thread in threads:
            thread.start()
        return threads

    def _drain(self) -> bool:
        deadline = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < deadline:
            if not self.unfinished_count():
                return True
            time.sleep(1)
        return False

    def _call(self) -> None:
        while True:
            with self._lock:
                number = self._next
                self._next += 1
            if number >= len(self.requests):
                return
            self.answers[number] = self._ask(self.requests[number])

    def _ask(self, request: Request) -> int:
        while True:
            answer = self.pool.invoke(request.event)
            if answer is not None and answer.get("statusCode") in {202, 409}:
                return int(answer["statusCode"])
            time.sleep(0.2)

    def _poll(self) -> None:
        client = boto3.client("sqs", region_name=REGION, endpoint_url=self.cloud.environ["URL"])
        url = self.cloud.queue_url
        while not self._done.is_set():
            found = client.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1
            ).get("Messages", [])
            answer = self.pool.invoke(sqs(message["Body"] for message in found)) if found else None
            if answer is None or "batchItemFailures" not in answer:
                continue
            failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
            for number, message in enumerate(found):
                if str(number) not in failed:
                    # It may be visible again by now: then it is delivered once more.
                    with suppress(ClientError):
                        client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _tick(self) -> None:
        while not self._done.wait(60 / self.scene.plan.speed):
            self.pool.invoke(TICK)

    def _kill(self) -> None:
        chance = random.Random(SEED)  # noqa: S311 - not a secret
        plan = self.scene.plan
        while self.pool.kills_count < plan.kills_count and not self._done.is_set():
            time.sleep(chance.uniform(0.02, 0.2))
            share = min(len(self.answers) / len(self.requests) + 0.02, 1)
            if self.pool.kills_count < plan.kills_count * share:
                self.pool.kill_one(chance)

    def _go_down(self) -> None:
        for what, at in (("gateway", 0.3), ("stores", 0.6)):
            while len(self.answers) < at * len(self.requests):
                if self._done.wait(0.1):
                    return
            flag = self.scene.folder / f"{what}-is-down"
            flag.touch()
            self._done.wait(self.scene.plan.outage_seconds)
            flag.unlink()


def gateway_calls(scene: Scene) -> list[dict[str, Any]]:
    """Return everything that the gateway did."""
    return [json.loads(line) for line in scene.gateway_book.read_text().splitlines()]

"""A platform whose functions can be killed between any two calls to AWS or the database."""

from datetime import timedelta
from typing import Any

import boto3
import pytest
from functions.gateway.sandbox_gateway import SandboxGateway
from functions.storage.postgres_ledger import PostgresLedger
from tests.functions.conftest import Invoke, forget
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, TICK, rest, sqs
from tests.functions.support.memory import Fuse, Killed
from tests.functions.support.moving_clock import MovingClock


class World:
    """A platform with DynamoDB and a database, whose functions can be killed at any moment."""

    def __init__(
        self,
        invoke: Invoke,
        cloud: Cloud,
        monkeypatch: pytest.MonkeyPatch,
        clock: MovingClock,
    ) -> None:
        self.clock = clock
        self.fuse = Fuse()
        self.cloud = cloud
        self.captured: list[str] = []
        self._invoke = invoke
        self._monkeypatch = monkeypatch
        self._burn_in_clients()
        self._burn_in_database()
        self._burn_in_gateway()

    def run(self, event: dict[str, Any]) -> Any:
        """Invoke processing; None if it was killed, and then a new environment is next."""
        try:
            return self._invoke("processing", event)
        except Killed:
            self.fuse.at = -1
            forget()
            return None

    def settle(self) -> None:
        """Do what the caller, the schedule and the queue do until nothing is left to do."""
        while True:
            answer = self.run(
                rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "key-1"})
            )
            if answer is not None and answer["statusCode"] == 202:
                break
        for _ in range(3):
            # Past every lease and every pause.
            self.clock.ahead += timedelta(minutes=16)
            self.run(TICK)
            self._deliver()

    def _deliver(self) -> None:
        url = self.cloud.queue_url
        for _ in range(4):
            found = self.cloud.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
            messages = found.get("Messages", [])
            if not messages:
                return
            answer = self.run(sqs(message["Body"] for message in messages))
            if answer == {"batchItemFailures": []}:
                for message in messages:
                    self.cloud.sqs.delete_message(
                        QueueUrl=url, ReceiptHandle=message["ReceiptHandle"]
                    )

    def _burn_in_clients(self) -> None:
        plain = boto3.client

        def client(service: str, **options: Any) -> Any:
            made = plain(service, **options)
            made.meta.events.register("before-call.*", lambda **_: self.fuse.burn())
            made.meta.events.register("after-call.*", lambda **_: self.fuse.burn())
            return made

        self._monkeypatch.setattr("functions.payments.client.boto3.client", client)

    def _burn_in_database(self) -> None:
        plain = PostgresLedger.post

        def post(ledger: PostgresLedger, transaction_id: str, entries: Any) -> None:
            self.fuse.burn()
            plain(ledger, transaction_id, entries)
            self.fuse.burn()

        self._monkeypatch.setattr(PostgresLedger, "post", post)

    def _burn_in_gateway(self) -> None:
        plain = SandboxGateway.capture

        def capture(gateway: SandboxGateway, **call: Any) -> None:
            self.fuse.burn()
            plain(gateway, **call)
            self.captured.append(call["transaction_id"])
            self.fuse.burn()

        self._monkeypatch.setattr(SandboxGateway, "capture", capture)

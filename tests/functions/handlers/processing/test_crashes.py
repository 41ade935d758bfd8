"""Kill the real handlers between any two calls to AWS or the database: the books still balance.

The handlers, the boto3 clients and the PostgreSQL driver are the real ones; the services are
moto's, the database server is real.
"""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from functions.database.database import Database
from functions.gateway.sandbox_gateway import SandboxGateway
from functions.storage.postgres_ledger import PostgresLedger
from tests.functions.conftest import Invoke, forget
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, TICK, rest, sqs
from tests.functions.support.memory import Fuse, Killed
from tests.functions.support.postgres_server import PASSWORD, PostgresServer

Run = Callable[[str, Any], Any]


class World:
    """A platform with DynamoDB and a database, whose functions can be killed at any moment."""

    def __init__(self, invoke: Invoke, cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.fixture
def world(
    cloud: Cloud,
    database: Database,
    postgres: PostgresServer,
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """Return a platform with every part there is."""
    for name, value in postgres.environ(database.settings.name).items():
        monkeypatch.setenv(name, value)
    cloud.ssm.put_parameter(
        Name=database.settings.password_parameter, Value=PASSWORD, Type="SecureString"
    )
    from datetime import timedelta  # noqa: PLC0415

    monkeypatch.setattr("functions.payments.acceptance.LEFT_BEHIND_AFTER", timedelta(0))
    return World(invoke, cloud, monkeypatch)


def _moments(world: World) -> int:
    world.settle()
    return world.fuse.passed


# A killed function has no metrics to publish.
@pytest.mark.filterwarnings("ignore:No application metrics")
def test_the_books_balance_whenever_a_function_is_killed(world: World, database: Database) -> None:
    """For every moment before or after a call: one payment, captured once, in all books once."""
    moments = _moments(world)
    assert moments > 40
    ledger = PostgresLedger(database=database)
    # The moment after one call is the moment before the next: every second one is enough.
    for moment in range(1, moments, 2):
        _clear(world.cloud, database)
        world.captured.clear()
        world.fuse.at, world.fuse.passed = moment, 0
        forget()
        world.settle()
        [stored] = world.cloud.transactions()
        transaction_id = stored["transaction_id"]["S"]
        assert stored["state"]["S"] == "captured", moment
        assert stored["announced"]["BOOL"], moment
        assert "outbox_shard" not in stored, moment
        assert set(world.captured) == {transaction_id}, moment
        states = sorted(item["state"]["S"] for item in world.cloud.items("audit"))
        assert states == ["authorized", "captured", "received"], moment
        amounts = [entry.amount_minor_units for entry in ledger.entries(transaction_id)]
        assert sorted(amounts) == [-1999, 1999], moment
        assert {event["event_id"] for event in world.cloud.published()} == {
            f"{transaction_id}.captured"
        }, moment
        [archived] = world.cloud.s3.list_objects_v2(Bucket="audit-bucket")["Contents"]
        record = json.load(
            world.cloud.s3.get_object(Bucket="audit-bucket", Key=archived["Key"])["Body"]
        )
        assert record["state"] == "captured", moment
        assert world.cloud.receive(world.cloud.queue_url) == [], moment


def _clear(cloud: Cloud, database: Database) -> None:
    keys = {
        "transactions": ("transaction_id", "timestamp"),
        "audit": ("transaction_id", "timestamp"),
    }
    for table, names in {**keys, "idempotency": ("id",)}.items():
        for item in cloud.items(table):
            key = {name: item[name] for name in names}
            cloud.dynamodb.delete_item(TableName=table, Key=key)
    for found in cloud.s3.list_objects_v2(Bucket="audit-bucket").get("Contents", []):
        cloud.s3.delete_object(Bucket="audit-bucket", Key=found["Key"])
    cloud.receive(cloud.queue_url)
    cloud.receive(cloud.topic_url)
    with database.transaction() as connection:
        connection.run("alter table ledger disable trigger ledger_is_kept")
        connection.run("truncate ledger")
        connection.run("alter table ledger enable trigger ledger_is_kept")

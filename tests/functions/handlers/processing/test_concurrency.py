"""200 requests at once with 20 keys make 20 transactions, in either store."""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from botocore.config import Config
from functions.database.database import Database
from functions.domain.instant import utc_now
from functions.domain.payment_form import parse_payment
from functions.messaging.payment_queue import PaymentQueue
from functions.payments.acceptance import Acceptance
from functions.payments.dispatch import ThroughQueue
from functions.payments.remembered_acceptance import RememberedAcceptance
from functions.storage.dynamodb_store import DynamoDBStore
from functions.storage.postgres_store import PostgresStore
from tests.functions.support.cloud import REGION, build_cloud
from tests.functions.support.events import PAYMENT
from tests.functions.support.lambda_context import LambdaContext

REQUESTS = 200
KEYS = 20

# Thread pools of boto3 leave sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def _at_once(accept: Callable[[str], str]) -> Counter[str]:
    """Call *accept* for every request at the same moment; return how often each id came back."""
    gate = threading.Barrier(REQUESTS)

    def request(number: int) -> str:
        gate.wait()
        return accept(f"key-{number % KEYS}")

    with ThreadPoolExecutor(REQUESTS) as pool:
        return Counter(pool.map(request, range(REQUESTS)))


def test_in_dynamodb(emulator: str) -> None:
    """Against the emulator's DynamoDB and SQS, with the idempotency table in front."""
    cloud = build_cloud(emulator)
    config = Config(max_pool_connections=REQUESTS, retries={"mode": "standard", "max_attempts": 8})

    def client(service: str) -> Any:
        return boto3.client(service, region_name=REGION, endpoint_url=emulator, config=config)

    failures: list[Exception] = []
    remembered = RememberedAcceptance(
        acceptance=Acceptance(
            store=DynamoDBStore(
                client=client("dynamodb"),
                transactions_table="transactions",
                audit_table="audit",
                clock=utc_now,
            ),
            dispatch=ThroughQueue(queue=PaymentQueue(client=client("sqs"), url=cloud.queue_url)),
            clock=utc_now,
            report=lambda _id, error: failures.append(error),
        ),
        table="idempotency",
        client=client("dynamodb"),
    )
    payment = parse_payment(PAYMENT)
    ids = _at_once(
        lambda key: remembered.accept(
            caller="c", key=key, payment=payment, correlation_id=key, context=LambdaContext()
        )
    )
    assert failures == []
    assert set(ids.values()) == {REQUESTS // KEYS}
    assert {item["transaction_id"]["S"] for item in cloud.transactions()} == set(ids)
    assert len(cloud.transactions()) == len(cloud.items("audit")) == KEYS
    assert len(cloud.receive(cloud.queue_url)) == KEYS


def test_in_postgresql(database: Database) -> None:
    """Against a real PostgreSQL server, with 50 connections."""
    handed_on: list[str] = []

    class Dispatch:
        def hand_on(self, transaction_id: str, *, correlation_id: str) -> None:
            assert correlation_id
            handed_on.append(transaction_id)

    limit = threading.Semaphore(50)

    def accept(key: str) -> str:
        own = Database(settings=database.settings, password=database.password)
        acceptance = Acceptance(
            store=PostgresStore(database=own, clock=utc_now),
            dispatch=Dispatch(),
            clock=utc_now,
            report=lambda _id, _error: None,
        )
        with limit, contextlib.closing(own):
            return acceptance.accept(
                caller="c", key=key, payment=parse_payment(PAYMENT), correlation_id=key
            )

    ids = _at_once(accept)
    with database.transaction() as connection:
        [[stored]] = connection.run("select count(*) from transactions")
        [[audited]] = connection.run("select count(*) from audit")
        [[left]] = connection.run("select count(*) from outbox")
    assert set(ids.values()) == {REQUESTS // KEYS}
    assert (stored, audited, left, len(handed_on)) == (KEYS, KEYS, KEYS, KEYS)

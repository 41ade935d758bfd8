"""What both stores do alike: DynamoDB in moto, PostgreSQL in a real server."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from attrs import evolve
from functions.database.database import Database
from functions.domain.money import Money
from functions.domain.payment import Payment
from functions.domain.state import State
from functions.domain.transaction import Transaction
from functions.storage.dynamodb_store import DynamoDBStore
from functions.storage.postgres_store import PostgresStore
from functions.storage.transaction_store import (
    KeyReusedError,
    StaleTransactionError,
    TransactionStore,
    Unfinished,
)
from moto import mock_aws
from tests.functions.support.cloud import build_cloud

NOW = datetime(2026, 11, 21, 4, 50, 30, 123456, tzinfo=UTC)
RECEIVED = Transaction(
    transaction_id="5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11",
    caller="iam:AROAEXAMPLE",
    payment=Payment(
        money=Money(amount_minor_units=1999, currency="EUR"),
        payment_method="tok_approve",
        reference="order 42",
    ),
    received_at=NOW,
    correlation_id="correlation-1",
    due_at=NOW + timedelta(seconds=30),
)
LATER = evolve(RECEIVED, received_at=NOW + timedelta(seconds=1))
OTHER = evolve(
    LATER, payment=evolve(RECEIVED.payment, money=Money(amount_minor_units=1, currency="EUR"))
)


def _clock() -> datetime:
    return NOW + timedelta(seconds=5)


@pytest.fixture(params=["dynamodb", "dynamodb in one table", "postgres"])
def store(request: pytest.FixtureRequest) -> Any:
    """Yield each store, empty."""
    if request.param == "postgres":
        database: Database = request.getfixturevalue("database")
        yield PostgresStore(database=database, clock=_clock)
        return
    with mock_aws():
        build_cloud()
        yield DynamoDBStore(
            client=boto3.client("dynamodb"),
            transactions_table="transactions",
            audit_table="audit" if request.param == "dynamodb" else "transactions",
            clock=_clock,
        )


class TestCreate:
    """Creating a transaction."""

    def test_keeps_every_field(self, store: TransactionStore) -> None:
        """What is found is what was created."""
        assert store.create(RECEIVED).created
        assert store.find(RECEIVED.transaction_id) == RECEIVED

    def test_counts_once(self, store: TransactionStore) -> None:
        """The same payment at another time is the first one."""
        store.create(RECEIVED)
        again = store.create(LATER)
        assert (again.created, again.transaction) == (False, RECEIVED)
        assert len(store.history(RECEIVED.transaction_id)) == 1

    def test_refuses_another_payment_under_the_same_id(self, store: TransactionStore) -> None:
        """An id belongs to its first payment."""
        store.create(RECEIVED)
        with pytest.raises(KeyReusedError):
            store.create(OTHER)
        assert store.find(RECEIVED.transaction_id) == RECEIVED

    def test_writes_the_first_audit_record(self, store: TransactionStore) -> None:
        """Being received is the first step of the history."""
        store.create(RECEIVED)
        [step] = store.history(RECEIVED.transaction_id)
        assert (step.state, step.version, step.at) == (State.RECEIVED, 1, NOW)
        assert step.caller == RECEIVED.caller


class TestFind:
    """Finding a transaction."""

    def test_unknown_is_none(self, store: TransactionStore) -> None:
        """There is nothing under an id that was never used."""
        assert store.find(RECEIVED.transaction_id) is None
        assert store.history(RECEIVED.transaction_id) == ()


class TestSave:
    """Saving a changed transaction."""

    def test_keeps_the_change_and_the_step(self, store: TransactionStore) -> None:
        """A transition is stored together with its audit record."""
        store.create(RECEIVED)
        authorized = RECEIVED.moved(State.AUTHORIZED, gateway_reference="g-1")
        store.save(RECEIVED, authorized)
        assert store.find(RECEIVED.transaction_id) == authorized
        steps = store.history(RECEIVED.transaction_id)
        assert [(step.state, step.version) for step in steps] == [
            (State.RECEIVED, 1),
            (State.AUTHORIZED, 2),
        ]
        assert steps[1].at == _clock()

    def test_refuses_a_stale_write(self, store: TransactionStore) -> None:
        """Of two writers that saw the same version one is refused, and leaves no trace."""
        store.create(RECEIVED)
        declined = RECEIVED.moved(State.DECLINED, reason="insufficient_funds")
        store.save(RECEIVED, declined)
        with pytest.raises(StaleTransactionError):
            store.save(RECEIVED, RECEIVED.moved(State.AUTHORIZED, gateway_reference="g-1"))
        assert store.find(RECEIVED.transaction_id) == declined
        assert len(store.history(RECEIVED.transaction_id)) == 2

    def test_without_a_new_state_adds_no_step(self, store: TransactionStore) -> None:
        """Counting an attempt is no step of the history."""
        store.create(RECEIVED)
        store.save(RECEIVED, RECEIVED.attempted())
        found = store.find(RECEIVED.transaction_id)
        assert found is not None
        assert (found.attempts, found.version) == (1, 2)
        assert len(store.history(RECEIVED.transaction_id)) == 1


def _unfinished(store: TransactionStore, seconds: int = 60, limit: int = 10) -> list[Unfinished]:
    before = NOW + timedelta(seconds=seconds)
    return list(store.unfinished(due_before=before, limit=limit))


class TestOutbox:
    """The marks of transactions about which something is left to do."""

    def test_lists_what_is_due(self, store: TransactionStore) -> None:
        """A new transaction is marked, and due when it says."""
        store.create(RECEIVED)
        assert _unfinished(store, seconds=30) == []
        [one] = _unfinished(store, seconds=31)
        assert (one.transaction_id, one.received_at, one.due_at) == (
            RECEIVED.transaction_id,
            RECEIVED.received_at,
            RECEIVED.due_at,
        )

    def test_the_mark_goes_with_the_announcement_and_comes_with_the_next_state(
        self, store: TransactionStore
    ) -> None:
        """Every state that is not announced is marked: nothing else takes the mark away."""
        store.create(RECEIVED)
        held = store.save(
            RECEIVED,
            RECEIVED.taken_up(
                held_until=NOW + timedelta(seconds=90), due_at=NOW + timedelta(seconds=60)
            ),
        )
        assert _unfinished(store, seconds=90) == []
        assert len(_unfinished(store, seconds=91)) == 1
        authorized = store.save(held, held.moved(State.AUTHORIZED, gateway_reference="g-1"))
        captured = store.save(authorized, authorized.moved(State.CAPTURED))
        assert len(_unfinished(store, seconds=91)) == 1
        announced = store.save(captured, captured.announce())
        assert _unfinished(store, seconds=10_000) == []
        found = store.find(RECEIVED.transaction_id)
        assert found is not None
        assert (found.announced, found.held_until) == (True, None)
        store.save(announced, announced.moved(State.SETTLED))
        assert len(_unfinished(store, seconds=10_000)) == 1

    def test_defers_without_disturbing_whoever_works_on_it(self, store: TransactionStore) -> None:
        """Of two that defer one succeeds, and a write that was under way still succeeds."""
        store.create(RECEIVED)
        [one] = _unfinished(store)
        later = NOW + timedelta(seconds=500)
        assert store.defer(one, later)
        assert not store.defer(one, later)
        assert _unfinished(store) == []
        assert [found.due_at for found in _unfinished(store, seconds=501)] == [later]
        store.save(RECEIVED, RECEIVED.moved(State.DECLINED, reason="insufficient_funds"))

    def test_what_is_finished_is_not_deferred(self, store: TransactionStore) -> None:
        """A mark that was taken away does not come back."""
        store.create(RECEIVED)
        [one] = _unfinished(store)
        declined = store.save(RECEIVED, RECEIVED.moved(State.DECLINED, reason="no"))
        store.save(declined, declined.announce())
        assert not store.defer(one, NOW + timedelta(seconds=500))
        assert _unfinished(store, seconds=10_000) == []

    def test_lists_no_more_than_the_limit(self, store: TransactionStore) -> None:
        """The limit holds over all shards."""
        for number in range(8):
            last = f"{number:012d}"
            store.create(evolve(RECEIVED, transaction_id=RECEIVED.transaction_id[:-12] + last))
        assert len(_unfinished(store, limit=5)) == 5
        assert len(_unfinished(store, limit=20)) == 8


def test_conflicts_between_write_transactions_are_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DynamoDB cancels one of two write transactions that meet; that one is repeated."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - used here only

    class Client:
        calls = 0

        def transact_write_items(self, **_: object) -> None:
            self.calls += 1
            if self.calls < 3:
                raise ClientError(
                    {"CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}]},
                    "TransactWriteItems",
                )

    sleep: Callable[[float], None] = lambda _: None  # noqa: E731 - one use
    monkeypatch.setattr("time.sleep", sleep)
    client = Client()
    made = DynamoDBStore(
        client=client, transactions_table="t", audit_table="a", clock=_clock
    ).create(RECEIVED)
    assert (made.created, client.calls) == (True, 3)

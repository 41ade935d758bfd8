"""Who may do what, on a real PostgreSQL server; tokens of IAM, beside those that boto3 makes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import boto3
import pg8000.native  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from functions.database.database import Database
from functions.database.iam_token import iam_token
from functions.database.rights import grant_rights
from functions.domain.bookkeeping import entries_for
from functions.domain.instant import utc_now
from functions.domain.payment_form import parse_payment
from functions.domain.state import State
from functions.domain.transaction import Transaction
from functions.storage.postgres_ledger import PostgresLedger
from functions.storage.postgres_store import PostgresStore
from tests.functions.support.events import PAYMENT
from tests.functions.support.postgres_server import PASSWORD

WRITER, READER = "payment-processing-test", "payment-verification-test"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
RECEIVED = Transaction(
    transaction_id="5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11",
    caller="c",
    payment=parse_payment(PAYMENT),
    received_at=NOW,
    correlation_id="c",
    due_at=NOW,
)


@pytest.fixture
def logged_in(database: Database) -> Iterator[dict[str, Database]]:
    """Return a connection for each role, after two deployments."""
    for _ in range(2):
        grant_rights(database, writers=(WRITER,), readers=(READER,))
    made = {}
    for role in (WRITER, READER):
        with database.transaction() as connection:
            connection.run(f"alter role \"{role}\" password '{PASSWORD}'")
        settings = evolve(database.settings, user=role)
        made[role] = Database(settings=settings, password=lambda _: PASSWORD)
    with closing(made[WRITER]), closing(made[READER]):
        yield made


def _process(database: Database) -> PostgresStore:
    store = PostgresStore(database=database, clock=utc_now)
    store.create(RECEIVED)
    held = store.save(
        RECEIVED, RECEIVED.taken_up(held_until=NOW + timedelta(minutes=1), due_at=NOW)
    )
    authorized = store.save(held, held.moved(State.AUTHORIZED, gateway_reference="g"))
    captured = store.save(authorized, authorized.moved(State.CAPTURED))
    states = [step.state for step in store.history(RECEIVED.transaction_id)]
    entries = entries_for(states, RECEIVED.payment.money, caller="c")
    PostgresLedger(database=database).post(RECEIVED.transaction_id, entries)
    store.save(captured, captured.announce())
    return store


def test_who_processes_can_do_all_of_it(logged_in: dict[str, Database]) -> None:
    """A payment goes from received to booked with the rights of processing, the relay included."""
    store = _process(logged_in[WRITER])
    assert list(store.unfinished(due_before=NOW, limit=1)) == []


def test_who_verifies_sees_everything(logged_in: dict[str, Database]) -> None:
    """Transactions, history and ledger are read with the rights of verification."""
    _process(logged_in[WRITER])
    store = PostgresStore(database=logged_in[READER], clock=utc_now)
    found = store.find(RECEIVED.transaction_id)
    assert found is not None
    assert found.announced
    assert len(store.history(RECEIVED.transaction_id)) == 3
    assert len(PostgresLedger(database=logged_in[READER]).entries(RECEIVED.transaction_id)) == 2


@pytest.mark.parametrize("role", [WRITER, READER])
@pytest.mark.parametrize(
    "sql",
    [
        "update ledger set amount_minor_units = 1",
        "delete from ledger",
        "delete from audit",
        "update audit set state = 'captured'",
        "delete from transactions",
        "truncate outbox",
        "alter table ledger disable trigger all",
        "create table mine (x int)",
        "select * from schema_migrations",
        "drop table ledger",
    ],
)
def test_nobody_but_the_owner_may_do_more(
    logged_in: dict[str, Database], role: str, sql: str
) -> None:
    """No role of a function rewrites a record or changes the schema."""
    with (
        pytest.raises(pg8000.native.DatabaseError, match=r"permission denied|must be owner"),
        logged_in[role].transaction() as connection,
    ):
        connection.run(sql)


@pytest.mark.parametrize("table", ["transactions", "outbox", "audit", "ledger"])
def test_who_verifies_adds_nothing(logged_in: dict[str, Database], table: str) -> None:
    """The rights of verification end with looking."""
    with (
        pytest.raises(pg8000.native.DatabaseError, match="permission denied"),
        logged_in[READER].transaction() as connection,
    ):
        connection.run(f"insert into {table} default values")


def test_tokens_are_those_of_boto3(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """Signed within the same second, both are the same text."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    settings = evolve(database.settings, password_parameter=None, user=WRITER)
    client = boto3.client("rds")
    for _ in range(5):
        ours = iam_token(settings)(False)
        theirs = client.generate_db_auth_token(
            DBHostname=settings.host, Port=settings.port, DBUsername=settings.user
        )
        if _signed_at(ours) == _signed_at(theirs):
            break
    assert ours == theirs


def _signed_at(token: str) -> list[str]:
    return parse_qs(urlsplit(f"https://{token}").query)["X-Amz-Date"]

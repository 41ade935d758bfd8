"""Kill the real handlers between any two calls to AWS or the database: the books still balance.

The handlers, the boto3 clients and the PostgreSQL driver are the real ones; the services are
moto's, the database server is real.
"""

import json

import pytest
from functions.database.database import Database
from functions.storage.postgres_ledger import PostgresLedger
from tests.functions.conftest import forget
from tests.functions.support.cloud import Cloud
from tests.functions.support.postgres_server import PASSWORD, PostgresServer
from tests.functions.support.world import World


@pytest.fixture
def world(
    bare_world: World,
    database: Database,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """Return a platform with every part there is."""
    for name, value in postgres.environ(database.settings.name).items():
        monkeypatch.setenv(name, value)
    bare_world.cloud.ssm.put_parameter(
        Name=database.settings.password_parameter, Value=PASSWORD, Type="SecureString"
    )
    return bare_world


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

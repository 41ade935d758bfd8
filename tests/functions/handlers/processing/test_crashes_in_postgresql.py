"""Kill the postgres platform between any two SQL statements or calls: the books still balance."""

from typing import Any

import pg8000.native  # type: ignore[import-untyped]
import pytest
from functions.database.database import Database
from tests.functions.conftest import forget
from tests.functions.support.postgres_server import PASSWORD, PostgresServer
from tests.functions.support.world import World

CLEAR = """
alter table ledger disable trigger user; alter table audit disable trigger user;
delete from ledger; delete from outbox; delete from audit; delete from transactions;
alter table ledger enable trigger user; alter table audit enable trigger user;
"""


@pytest.fixture
def world(
    bare_world: World,
    database: Database,
    postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """Return a platform without DynamoDB whose SQL statements burn the fuse as well."""
    for name in ("TRANSACTIONS_TABLE", "AUDIT_TABLE", "IDEMPOTENCY_TABLE"):
        monkeypatch.delenv(name)
    for name, value in postgres.environ(database.settings.name).items():
        monkeypatch.setenv(name, value)
    bare_world.cloud.ssm.put_parameter(
        Name=database.settings.password_parameter, Value=PASSWORD, Type="SecureString"
    )
    plain = pg8000.native.Connection.run

    def run(connection: Any, sql: str, **parameters: Any) -> Any:
        # A killed process sends no rollback; the server does it, and so do we.
        if sql != "rollback":
            bare_world.fuse.burn()
        found = plain(connection, sql, **parameters)
        if sql != "rollback":
            bare_world.fuse.burn()
        return found

    monkeypatch.setattr(pg8000.native.Connection, "run", run)
    return bare_world


# A killed function has no metrics to publish.
@pytest.mark.filterwarnings("ignore:No application metrics")
def test_the_books_balance_whenever_a_function_is_killed(world: World, database: Database) -> None:
    """For every moment before or after a statement: one payment, captured and booked once."""
    world.settle()
    moments = world.fuse.passed
    assert moments > 80
    # The moment after one call is the moment before the next: every second one is enough.
    for moment in range(1, moments, 2):
        with database.transaction() as connection:
            connection.run(CLEAR)
        world.cloud.receive(world.cloud.queue_url)
        world.captured.clear()
        forget()
        world.fuse.at, world.fuse.passed = moment, 0
        world.settle()
        world.fuse.at = -1
        with database.transaction() as connection:
            stored = connection.run(
                "select transaction_id::text, state, announced from transactions"
            )
            audit = connection.run("select state from audit order by version")
            ledger = connection.run("select amount_minor_units from ledger order by 1")
            outbox = connection.run("select count(*) from outbox")
        assert [row[1:] for row in stored] == [["captured", True]], moment
        assert audit == [["received"], ["authorized"], ["captured"]], moment
        assert ledger == [[-1999], [1999]], moment
        assert outbox == [[0]], moment
        assert set(world.captured) == {stored[0][0]}, moment

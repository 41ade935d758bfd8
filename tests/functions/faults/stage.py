"""The services of a fault run: an emulator, a PostgreSQL server, and what is in them."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import boto3
from attrs import evolve, frozen
from functions.database.database import Database
from functions.database.migrate import migrate, migrations_in
from functions.domain.instant import utc_now
from functions.storage.dynamodb_store import DynamoDBStore
from functions.storage.postgres_ledger import PostgresLedger
from functions.storage.postgres_store import PostgresStore
from functions.storage.transaction_store import TransactionStore
from tests.functions.faults.plan import Plan, Scene
from tests.functions.faults.run import Run, gateway_calls
from tests.functions.faults.verdict import Verdict, judge
from tests.functions.support.cloud import REGION, Cloud, build_cloud
from tests.functions.support.emulator import running_emulator
from tests.functions.support.postgres_server import PASSWORD, running_server

TABLES = ("TRANSACTIONS_TABLE", "AUDIT_TABLE", "IDEMPOTENCY_TABLE")
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": REGION,
}


@frozen(kw_only=True)
class Outcome:
    """What came of a run.

    Attributes:
        verdict: What was found in the stores.

        is_done: Whether every payment came to its end by itself.

        counts: What to print.

    """

    verdict: Verdict
    is_done: bool
    counts: dict[str, int]


def fault_run(plan: Plan, *, store: str) -> Outcome:
    """Do *plan* on the *store* "dynamodb" or "postgres"; the ledger is PostgreSQL's in both."""
    os.environ.update(CREDENTIALS)
    with (
        _folder() as folder,
        running_emulator(folder) as url,
        _database(folder) as (database, told),
    ):
        cloud = build_cloud(url)
        cloud = evolve(cloud, environ={**cloud.environ, "URL": url})
        _redrive(cloud)
        cloud.ssm.put_parameter(
            Name=told["DATABASE_PASSWORD_PARAMETER"], Value=PASSWORD, Type="SecureString"
        )
        left_out = {"AUDIT_BUCKET", "EVENT_TOPIC_ARN", "URL"}
        left_out |= set(TABLES) if store == "postgres" else set()
        environ = {name: text for name, text in cloud.environ.items() if name not in left_out}
        scene = Scene(
            environ={**environ, **told, **CREDENTIALS, "AWS_ENDPOINT_URL": url},
            folder=folder,
            started_at_seconds=time.time(),
            plan=plan,
        )
        scene.gateway_book.touch()
        kept = _store(store, cloud, database)
        run = Run(scene, cloud, lambda: _unfinished_count(store, cloud, database))
        is_done = run.run()
        verdict = judge(
            requests=run.requests,
            answers=run.answers,
            store=kept,
            ledger=PostgresLedger(database=database),
            calls=gateway_calls(scene),
        )
        return Outcome(
            verdict=verdict,
            is_done=is_done,
            counts={
                "payments": plan.payments_count,
                "requests": len(run.requests),
                "kills": run.pool.kills_count,
                "violations": len(verdict.violations) + run.changed_answers_count,
                "unfinished payments": _unfinished_count(store, cloud, database),
                "payments put back by hand": 0,
                "dead letters": len(cloud.receive(cloud.dead_letter_url)),
                **{f"gateway: {kind}": count for kind, count in sorted(verdict.calls.items())},
                **{f"state: {state}": count for state, count in sorted(verdict.states.items())},
            },
        )


@contextmanager
def _folder() -> Iterator[Path]:
    # Not below pytest's own folder: the database's user could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="payments-faults-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _database(folder: Path) -> Iterator[tuple[Database, dict[str, str]]]:
    own = folder / "postgres"
    own.mkdir()
    with running_server(own) as server:
        settings = server.settings()
        with closing(Database(settings=settings, password=lambda _: PASSWORD)) as database:
            migrate(database, migrations_in())
            yield database, server.environ(settings.name)


def _redrive(cloud: Cloud) -> None:
    """Deliver a message up to five times, each after six seconds, then keep it as dead."""
    told = cloud.sqs.get_queue_attributes(
        QueueUrl=cloud.dead_letter_url, AttributeNames=["QueueArn"]
    )
    policy = {"deadLetterTargetArn": told["Attributes"]["QueueArn"], "maxReceiveCount": "5"}
    cloud.sqs.set_queue_attributes(
        QueueUrl=cloud.queue_url,
        Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "6"},
    )


def _store(kind: str, cloud: Cloud, database: Database) -> TransactionStore:
    if kind == "postgres":
        return PostgresStore(database=database, clock=utc_now)
    client: Any = boto3.client("dynamodb", region_name=REGION, endpoint_url=cloud.environ["URL"])
    return DynamoDBStore(
        client=client, transactions_table="transactions", audit_table="audit", clock=utc_now
    )


def _unfinished_count(kind: str, cloud: Cloud, database: Database) -> int:
    if kind == "postgres":
        with database.transaction() as connection:
            return int(connection.run("select count(*) from outbox")[0][0])
    return sum("outbox_shard" in item for item in cloud.transactions())

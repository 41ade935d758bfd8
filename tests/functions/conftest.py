"""What tests of the functions share: the emulated cloud, a PostgreSQL server, clean handlers."""

import importlib
import io
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from functions.database.database import Database
from functions.database.migrate import migrate, migrations_in
from functions.observability.telemetry import logger
from functions.payments.client import client
from functions.payments.store_composition import build_database
from moto import mock_aws
from tests.functions.support.cloud import REGION, Cloud, build_cloud
from tests.functions.support.emulator import running_emulator
from tests.functions.support.lambda_context import LambdaContext
from tests.functions.support.moving_clock import CLOCKED, MovingClock
from tests.functions.support.postgres_server import (
    PASSWORD,
    PostgresServer,
    binaries,
    running_server,
)

_CACHES = (
    ("validation", "_api"),
    ("processing", "_handlers"),
    ("status", "_api"),
    ("verification", "_api"),
    ("notification", "_settings"),
    ("notification", "_secret"),
    ("ingest", "_parts"),
)

_CONNECTED: list[Database] = []

Invoke = Callable[[str, dict[str, Any]], Any]


def _handler(function: str) -> ModuleType:
    return importlib.import_module(f"functions.handlers.{function}.handler")


@pytest.fixture
def context() -> LambdaContext:
    """Return a Lambda context."""
    return LambdaContext()


@pytest.fixture
def invoke(context: LambdaContext) -> Invoke:
    """Return a function that invokes the handler of the function it is given by name."""

    def call(function: str, event: dict[str, Any]) -> Any:
        return _handler(function).handle(event, context)

    return call


@pytest.fixture(autouse=True)
def _fresh_handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every test begin as a new Lambda environment does."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "POWERTOOLS_SERVICE_NAME": "payments",
        "POWERTOOLS_METRICS_NAMESPACE": "Payments",
    }.items():
        monkeypatch.setenv(name, value)
    connect = Database._connect  # noqa: SLF001 - an environment that ends closes its connections

    def remember(database: Database) -> Any:
        _CONNECTED.append(database)
        return connect(database)

    monkeypatch.setattr(Database, "_connect", remember)
    forget()
    yield
    forget()


def forget() -> None:
    """Forget what handlers keep between invocations."""
    for function, cache in _CACHES:
        getattr(_handler(function), cache).cache_clear()
    client.cache_clear()
    build_database.cache_clear()
    while _CONNECTED:
        _CONNECTED.pop().close()
    from aws_lambda_powertools.utilities import parameters  # noqa: PLC0415 - slow to import

    parameters.clear_caches()  # type: ignore[no-untyped-call]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> MovingClock:
    """Return the clock that all functions look at, until now the real time."""
    moving = MovingClock()
    for module in CLOCKED:
        monkeypatch.setattr(f"functions.{module}.utc_now", moving)
    return moving


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Return what the functions log from here on, one JSON object a line."""
    stream = io.StringIO()
    [handler] = logger.handlers
    assert isinstance(handler, logging.StreamHandler)
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """Return a platform's AWS resources in moto, named in the environment."""
    with mock_aws():
        built = build_cloud()
        for name, value in built.environ.items():
            monkeypatch.setenv(name, value)
        yield built


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Return a PostgreSQL server, or skip where its programs are not installed."""
    if binaries() is None:
        pytest.skip("no PostgreSQL server below /usr/lib/postgresql")
    # Not in pytest's own folder: the server's user could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="payments-postgres-"))
    folder.chmod(0o755)
    try:
        with running_server(folder) as server:
            yield server
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def empty_database(postgres: PostgresServer, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Return a new database without tables."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    first = Database(settings=postgres.settings(), password=lambda _: PASSWORD)
    with first.transaction() as connection:
        connection.run("commit")
        connection.run(f"create database {name}")
        connection.run("begin")
    database = Database(settings=postgres.settings(database=name), password=lambda _: PASSWORD)
    yield database
    database.close()
    with first.transaction() as connection:
        connection.run("commit")
        connection.run(f"drop database {name} with (force)")
        connection.run("begin")
    first.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """Return a new database with all tables."""
    migrate(empty_database, migrations_in())
    return empty_database


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[str]:
    """Return the address of a fresh ministack emulator."""
    with running_emulator(tmp_path) as url:
        yield url

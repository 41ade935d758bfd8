"""A process that runs the real processing handler amid throttles, lost answers and outages."""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import boto3
import pg8000.native  # type: ignore[import-untyped]
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError
from functions.gateway.circuit_breaker import CircuitBreaker
from functions.gateway.payment_gateway import GatewayTimeoutError
from functions.gateway.sandbox_gateway import SandboxGateway
from tests.functions.faults.plan import START, Scene
from tests.functions.support.lambda_context import LambdaContext
from tests.functions.support.moving_clock import CLOCKED

THROTTLED, LOST, UNANSWERED = 0.01, 0.01, 0.05


def serve(pipe: Connection, scene: Scene, seed: int) -> None:
    """Answer events from *pipe* until the process is killed."""
    os.environ.update(scene.environ)
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - the logs of thousands of calls
    chance = random.Random(seed)  # noqa: S311 - not a secret
    _hurry(scene, chance)
    _break_clients(scene, chance)
    _break_database(scene, chance)
    _break_gateway(scene, chance)
    from functions.handlers.processing.handler import handle  # noqa: PLC0415 - settings are read

    while True:
        event = pipe.recv()
        left_milliseconds = 9_000 if chance.random() < UNANSWERED else 30_000
        try:
            answer = handle(event, LambdaContext(remaining_milliseconds=left_milliseconds))
        except Exception as error:  # noqa: BLE001 - as Lambda does
            answer = {"error": repr(error)}
        pipe.send(answer)


def _hurry(scene: Scene, chance: random.Random) -> None:
    plan = scene.plan
    skew = timedelta(seconds=chance.uniform(-plan.skew_seconds, plan.skew_seconds))

    def now() -> datetime:
        passed = (time.time() - scene.started_at_seconds) * plan.speed
        return START + timedelta(seconds=passed) + skew

    for name in CLOCKED:
        module = __import__(f"functions.{name}", fromlist=["utc_now"])
        setattr(module, "utc_now", now)  # noqa: B010 - a module has no attributes to the checker
    from functions.handlers.processing import worker  # noqa: PLC0415

    # SQS's own clock goes as usual.
    worker.GIVEN_BACK_SECONDS = 1  # type: ignore[misc]
    plain = CircuitBreaker.check

    def check(breaker: CircuitBreaker) -> None:
        breaker.pause_seconds = 30 / plan.speed
        plain(breaker)

    CircuitBreaker.check = check  # type: ignore[method-assign,assignment]


def _break_clients(scene: Scene, chance: random.Random) -> None:
    plain = boto3.client

    def before(model: Any, **_: Any) -> None:
        if scene.is_down("stores"):
            raise EndpointConnectionError(endpoint_url="down")
        if not scene.is_calm and chance.random() < THROTTLED:
            raise ClientError({"Error": {"Code": "ThrottlingException"}}, model.name)

    def after(**_: Any) -> None:
        if not scene.is_calm and chance.random() < LOST:
            raise ConnectionClosedError(endpoint_url="lost")

    def client(service: str, **options: Any) -> Any:
        made = plain(service, **options)
        made.meta.events.register("before-call.*", before)
        made.meta.events.register("after-call.*", after)
        return made

    boto3.client = client  # type: ignore[assignment]


def _break_database(scene: Scene, chance: random.Random) -> None:
    plain = pg8000.native.Connection.run

    def run(connection: Any, sql: str, **parameters: Any) -> Any:
        if scene.is_down("stores"):
            raise pg8000.native.InterfaceError("down")
        found = plain(connection, sql, **parameters)
        if not scene.is_calm and chance.random() < LOST:
            raise pg8000.native.InterfaceError("lost")
        return found

    pg8000.native.Connection.run = run


def _break_gateway(scene: Scene, chance: random.Random) -> None:
    def recorded(kind: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        def call(gateway: SandboxGateway, **told: Any) -> Any:
            if scene.is_down("gateway"):
                raise GatewayTimeoutError("down")
            answer = plain(gateway, **told)
            entry = {
                "kind": kind,
                "transaction_id": told["transaction_id"],
                "amount": told["money"].amount_minor_units,
            }
            # Short writes to the end of a file are whole, whoever else writes.
            with scene.gateway_book.open("a") as book:
                book.write(json.dumps(entry) + "\n")
            if not scene.is_calm and chance.random() < UNANSWERED:
                raise GatewayTimeoutError("lost")
            return answer

        return call

    for kind in ("authorize", "capture"):
        setattr(SandboxGateway, kind, recorded(kind, getattr(SandboxGateway, kind)))

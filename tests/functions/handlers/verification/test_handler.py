"""The postgres platform as a whole: no DynamoDB, a real PostgreSQL server, emulated SQS and SSM."""

import json
from datetime import timedelta
from typing import Any

import pytest
from functions.database.database import Database
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, TICK, rest, sqs
from tests.functions.support.moving_clock import MovingClock
from tests.functions.support.postgres_server import PASSWORD, PostgresServer


@pytest.fixture
def platform(
    cloud: Cloud,
    empty_database: Database,
    postgres: PostgresServer,
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
) -> Cloud:
    """Return the platform after its deployment, migrations included."""
    for name in ("TRANSACTIONS_TABLE", "AUDIT_TABLE", "IDEMPOTENCY_TABLE", "EVENT_TOPIC_ARN"):
        monkeypatch.delenv(name)
    for name, value in postgres.environ(empty_database.settings.name).items():
        monkeypatch.setenv(name, value)
    cloud.ssm.put_parameter(
        Name=empty_database.settings.password_parameter, Value=PASSWORD, Type="SecureString"
    )
    assert invoke("migration", {}) == {
        "schema_version": "0003_callers",
        "run": ["0001_transactions", "0002_ledger", "0003_callers"],
    }
    return cloud


def _post(invoke: Invoke, token: str = "tok_approve") -> str:  # noqa: S107 - of the sandbox
    body = {**PAYMENT, "payment_method": token}
    event = rest("POST", "/process-payment", body, headers={"Idempotency-Key": token})
    answer = invoke("processing", event)
    assert answer["statusCode"] == 202
    return str(json.loads(answer["body"])["transaction_id"])


def _verify(invoke: Invoke, transaction_id: object) -> tuple[int, Any]:
    answer = invoke(
        "verification", rest("POST", "/verify-payment", {"transaction_id": transaction_id})
    )
    return answer["statusCode"], json.loads(answer["body"])


class TestMigration:
    """The function that every deployment invokes."""

    def test_the_second_deployment_changes_nothing(self, platform: Cloud, invoke: Invoke) -> None:
        """Migrations run once."""
        assert platform.queue_url
        assert invoke("migration", {}) == {"schema_version": "0003_callers", "run": []}


class TestVerification:
    """A transaction and its ledger rows."""

    def test_a_captured_payment_is_consistent(self, platform: Cloud, invoke: Invoke) -> None:
        """After a capture the state and two balanced rows agree."""
        transaction_id = _post(invoke)
        invoke("processing", sqs(platform.receive(platform.queue_url)))
        status, content = _verify(invoke, transaction_id)
        assert (status, content["state"], content["verdict"]) == (200, "captured", "consistent")
        assert content["ledger"]["balanced"] is True
        assert [
            (entry["account"], entry["amount_minor_units"])
            for entry in content["ledger"]["entries"]
        ] == [("gateway_receivable", 1999), ("merchant_payable/unauthenticated", -1999)]

    @pytest.mark.parametrize("token", ["tok_decline", "tok_refuse"])
    def test_a_payment_without_money_has_no_rows(
        self, platform: Cloud, invoke: Invoke, token: str
    ) -> None:
        """What was not captured is in no book."""
        transaction_id = _post(invoke, token)
        invoke("processing", sqs(platform.receive(platform.queue_url)))
        _, content = _verify(invoke, transaction_id)
        assert (content["verdict"], content["ledger"]["entries"]) == ("consistent", [])

    def test_missing_rows_are_found(
        self, platform: Cloud, invoke: Invoke, empty_database: Database
    ) -> None:
        """A transaction that is done and not in the ledger is inconsistent."""
        transaction_id = _post(invoke)
        invoke("processing", sqs(platform.receive(platform.queue_url)))
        with empty_database.transaction() as connection:
            connection.run("alter table ledger disable trigger ledger_is_kept")
            connection.run("delete from ledger")
        _, content = _verify(invoke, transaction_id)
        assert content["verdict"] == "inconsistent"

    @pytest.mark.parametrize(
        ("transaction_id", "status"),
        [("5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11", 404), ("'; drop table", 404), (5, 422)],
    )
    def test_unknown_ids_are_problems(
        self, platform: Cloud, invoke: Invoke, transaction_id: object, status: int
    ) -> None:
        """An id that nobody has, or that is none, is a problem document."""
        assert platform.queue_url
        answered, content = _verify(invoke, transaction_id)
        assert (answered, content["status"]) == (status, status)


class TestProcessing:
    """The outbox in PostgreSQL."""

    def test_status_is_answered_by_processing_too(self, platform: Cloud, invoke: Invoke) -> None:
        """A platform without a status function asks processing."""
        transaction_id = _post(invoke)
        assert platform.queue_url
        answer = invoke("processing", rest("GET", f"/status/{transaction_id}"))
        assert json.loads(answer["body"])["state"] == "received"

    def test_relay_hands_on_what_was_left(
        self, platform: Cloud, invoke: Invoke, clock: MovingClock
    ) -> None:
        """A payment whose message was lost is queued again."""
        _post(invoke)
        platform.receive(platform.queue_url)
        clock.ahead = timedelta(minutes=1)
        assert invoke("processing", TICK) == {"relayed": 1}
        assert len(platform.receive(platform.queue_url)) == 1

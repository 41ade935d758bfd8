"""Requests to the processing function, against emulated AWS services."""

import json

import pytest
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, load_balancer, rest, sqs
from tests.functions.support.posting import post


class TestPost:
    """Requests."""

    def test_is_stored_queued_and_answered_with_202(self, cloud: Cloud, invoke: Invoke) -> None:
        """A payment is stored once, queued once and answered with its id."""
        answer = post(invoke)
        content = json.loads(answer["body"])
        assert answer["statusCode"] == 202
        [stored] = cloud.transactions()
        assert stored["transaction_id"]["S"] == content["transaction_id"]
        assert stored["state"]["S"] == "received" == content["state"]
        assert [json.loads(body) for body in cloud.receive(cloud.queue_url)] == [
            {"transaction_id": content["transaction_id"]}
        ]

    def test_keeps_its_mark_until_everything_is_done(self, cloud: Cloud, invoke: Invoke) -> None:
        """A message may be lost: what is on the queue is still marked, what is done is not."""
        post(invoke)
        assert "outbox_shard" in cloud.transactions()[0]
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        [stored] = cloud.transactions()
        assert not {"outbox_shard", "due_at"} & stored.keys()

    @pytest.mark.parametrize("path", ["/process", "/payments", "/process-payment"])
    def test_takes_any_path(self, cloud: Cloud, invoke: Invoke, path: str) -> None:
        """The path is the platform's choice."""
        event = rest("POST", path, PAYMENT, headers={"idempotency-key": "key-1"})
        assert invoke("processing", event)["statusCode"] == 202
        assert len(cloud.transactions()) == 1

    def test_behind_a_load_balancer(self, cloud: Cloud, invoke: Invoke) -> None:
        """A load balancer's event is answered in the load balancer's form."""
        event = load_balancer("POST", "/process", PAYMENT, headers={"Idempotency-Key": "key-1"})
        answer = invoke("processing", event)
        assert answer["statusCode"] == 202
        assert answer["headers"]["Content-Type"] == "application/json"
        assert len(cloud.transactions()) == 1

    @pytest.mark.parametrize("table", ["idempotency", ""])
    def test_repeated_changes_nothing(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch, table: str
    ) -> None:
        """The same request again gets the same answer, with and without the idempotency table."""
        monkeypatch.setenv("IDEMPOTENCY_TABLE", table)
        answers = [post(invoke) for _ in range(3)]
        assert [answer["body"] for answer in answers] == [answers[0]["body"]] * 3
        assert len(cloud.transactions()) == 1
        assert len(cloud.receive(cloud.queue_url)) == 1

    @pytest.mark.parametrize("table", ["idempotency", ""])
    def test_same_key_with_another_body_is_409(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch, table: str
    ) -> None:
        """A key belongs to its first payment, with and without the idempotency table."""
        monkeypatch.setenv("IDEMPOTENCY_TABLE", table)
        post(invoke)
        answer = post(invoke, {**PAYMENT, "amount_minor_units": 2000})
        assert answer["statusCode"] == 409
        assert json.loads(answer["body"])["type"] == "urn:problem:payments:idempotency-key-reused"
        assert len(cloud.transactions()) == 1

    def test_survives_an_idempotency_table_that_is_gone(self, cloud: Cloud, invoke: Invoke) -> None:
        """The idempotency table saves work; without it a payment still counts once."""
        cloud.dynamodb.delete_table(TableName="idempotency")
        answers = [post(invoke)["statusCode"] for _ in range(2)]
        assert answers == [202, 202]
        assert len(cloud.transactions()) == 1

    def test_lists_every_violation_at_once(self, cloud: Cloud, invoke: Invoke) -> None:
        """A missing key and each wrong field are listed together."""
        event = rest("POST", "/process", {"amount_minor_units": 0, "currency": "EURO", "x": 1})
        answer = invoke("processing", event)
        content = json.loads(answer["body"])
        assert answer["statusCode"] == 422
        assert answer["multiValueHeaders"]["Content-Type"] == ["application/problem+json"]
        assert [error["pointer"] for error in content["errors"]] == [
            "#/idempotency_key",
            "#/amount_minor_units",
            "#/currency",
            "#/payment_method",
            "#/reference",
            "#",
        ]
        assert cloud.transactions() == []

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ("not json", 400),
            (None, 400),
            ("[" * 40, 400),
            ("x" * 17_000, 413),
            ('{"amount_minor_units": 1, "amount_minor_units": 999999}', 400),
            ('{"amount_minor_units": NaN}', 400),
        ],
    )
    def test_answers_unusable_bodies_with_problems(
        self, cloud: Cloud, invoke: Invoke, body: str | None, status: int
    ) -> None:
        """What is not JSON, or too large, is a problem document."""
        answer = post(invoke, body)
        assert answer["statusCode"] == status == json.loads(answer["body"])["status"]
        assert cloud.transactions() == []

    def test_unknown_route_is_a_problem(self, cloud: Cloud, invoke: Invoke) -> None:
        """A method that nothing handles is answered with 404."""
        answer = invoke("processing", rest("DELETE", "/process"))
        assert answer["statusCode"] == 404
        assert json.loads(answer["body"])["type"] == "urn:problem:payments:no-such-route"
        assert cloud.transactions() == []


class TestWithoutQueue:
    """Platforms without a queue."""

    def test_works_at_once(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without queue, topic, bucket and audit table a payment is captured by its request."""
        for name in ("PAYMENT_QUEUE_URL", "EVENT_TOPIC_ARN", "AUDIT_BUCKET", "AUDIT_TABLE"):
            monkeypatch.delenv(name)
        answer = post(invoke)
        assert answer["statusCode"] == 202
        [stored] = cloud.transactions()
        assert stored["state"]["S"] == "captured"
        audit = [item for item in cloud.items("transactions") if item["kind"]["S"] == "audit"]
        assert len(audit) == 3
        assert cloud.items("audit") == []

"""Payments through the processing function, against emulated AWS services."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from functions.gateway.sandbox_gateway import SandboxGateway
from functions.handlers.processing.handler import handle
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, TICK, VISA, load_balancer, rest, sqs
from tests.functions.support.lambda_context import LambdaContext
from tests.functions.support.moving_clock import MovingClock


def post(invoke: Invoke, body: object = PAYMENT, *, key: str = "key-1", **more: Any) -> Any:
    """Post *body* to the processing function."""
    return invoke(
        "processing", rest("POST", "/process", body, headers={"Idempotency-Key": key, **more})
    )


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
        "event",
        [
            rest(
                "POST", "/process", {**PAYMENT, "reference": VISA}, headers={"Idempotency-Key": "k"}
            ),
            rest("POST", "/process", f'{{"a": "{VISA}', headers={"Idempotency-Key": "k"}),
            rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": VISA}),
            rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "k"}, query={"q": VISA}),
            rest("POST", f"/process/{VISA}", PAYMENT, headers={"Idempotency-Key": "k"}),
            rest("POST", "/process", '{"reference": "\\u0034111111111111111"}'),
            rest("POST", "/process", {**PAYMENT, VISA: 1}, headers={"Idempotency-Key": "k"}),
            rest(
                "POST",
                "/process",
                {**PAYMENT, "payment_method": "tok_4111_1111_1111_1111"},
                headers={"Idempotency-Key": "k"},
            ),
            rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "4111.1111.1111.1111"}),
            rest(
                "POST",
                "/process",
                PAYMENT,
                headers={"Idempotency-Key": "k", "X-Correlation-Id": "4111_1111_1111_1111"},
            ),
            rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "k", "X-Card": VISA}),
            rest("POST", "/process/4111%201111%201111%201111", PAYMENT),
        ],
        ids=[
            *("field", "broken JSON", "key", "query", "path", "escaped", "field name", "token"),
            *("dotted key", "correlation id", "any header", "encoded path"),
        ],
    )
    def test_refuses_card_numbers_and_never_logs_them(
        self,
        cloud: Cloud,
        invoke: Invoke,
        logged: io.StringIO,
        capsys: pytest.CaptureFixture[str],
        event: dict[str, Any],
    ) -> None:
        """A card number anywhere is refused; it is in no answer, log or table."""
        answer = invoke("processing", event)
        printed = logged.getvalue()
        assert "card number refused" in printed
        assert answer["statusCode"] == 422
        assert "card-number-refused" in answer["body"]
        everything = re.sub(r"[ ._]|%20", "", printed + json.dumps(answer))
        assert "411111111111111" not in everything
        assert '"CardNumbersRefused"' in capsys.readouterr().out
        assert cloud.items("transactions") == cloud.items("idempotency") == []

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

    def test_queue_failure_keeps_the_payment_for_the_relay(
        self,
        cloud: Cloud,
        invoke: Invoke,
        clock: MovingClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A payment whose message can't be sent is accepted, and sent by the relay later."""
        monkeypatch.setenv("PAYMENT_QUEUE_URL", f"{cloud.queue_url}-gone")
        assert post(invoke)["statusCode"] == 202
        assert "outbox_shard" in cloud.transactions()[0]
        monkeypatch.setenv("PAYMENT_QUEUE_URL", cloud.queue_url)
        from tests.functions.conftest import forget  # noqa: PLC0415 - a new environment starts

        forget()
        clock.ahead = timedelta(minutes=1)
        assert invoke("processing", TICK) == {"relayed": 1}
        assert len(cloud.receive(cloud.queue_url)) == 1
        assert invoke("processing", TICK) == {"relayed": 0}

    def test_relay_leaves_young_payments_to_their_own_request(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A payment just received is still in its own request's hands."""
        monkeypatch.setenv("PAYMENT_QUEUE_URL", f"{cloud.queue_url}-gone")
        post(invoke)
        assert invoke("processing", TICK) == {"relayed": 0}


class TestQueue:
    """Batches of the payment queue."""

    def work(self, cloud: Cloud, invoke: Invoke, **fields: Any) -> Any:
        """Post a payment and deliver its message."""
        post(invoke, {**PAYMENT, **fields})
        return invoke("processing", sqs(cloud.receive(cloud.queue_url)))

    def test_captures_an_approved_payment(self, cloud: Cloud, invoke: Invoke) -> None:
        """An approved payment is captured, audited, archived and published."""
        assert self.work(cloud, invoke) == {"batchItemFailures": []}
        [stored] = cloud.transactions()
        transaction_id = stored["transaction_id"]["S"]
        assert stored["state"]["S"] == "captured"
        states = [item["state"]["S"] for item in sorted(cloud.items("audit"), key=_version)]
        assert states == ["received", "authorized", "captured"]
        [event] = cloud.published()
        assert (event["event_type"], event["event_id"]) == (
            "payment.captured",
            f"{transaction_id}.captured",
        )
        [archived] = cloud.s3.list_objects_v2(Bucket="audit-bucket")["Contents"]
        day = stored["timestamp"]["S"][:10].replace("-", "/")
        assert archived["Key"] == f"transactions/{day}/{transaction_id}.json"
        record = json.load(cloud.s3.get_object(Bucket="audit-bucket", Key=archived["Key"])["Body"])
        assert [step["state"] for step in record["history"]] == states

    def test_declines(self, cloud: Cloud, invoke: Invoke) -> None:
        """A declined payment says why, and its event has its own type."""
        self.work(cloud, invoke, payment_method="tok_decline")
        [stored] = cloud.transactions()
        assert (stored["state"]["S"], stored["reason"]["S"]) == ("declined", "insufficient_funds")
        assert [event["event_type"] for event in cloud.published()] == ["payment.declined"]

    @pytest.mark.parametrize("token", ["tok_refuse", "tok_capture_refuse"])
    def test_fails_for_good(self, cloud: Cloud, invoke: Invoke, token: str) -> None:
        """A payment that the gateway can never carry out fails, before or after authorization."""
        self.work(cloud, invoke, payment_method=token)
        [stored] = cloud.transactions()
        assert stored["state"]["S"] == "failed"
        assert [event["event_type"] for event in cloud.published()] == ["payment.failed"]

    def test_outlasts_two_failures(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two timeouts and then an answer lead to a capture within one delivery."""
        monkeypatch.setattr("time.sleep", lambda _: None)
        assert self.work(cloud, invoke, payment_method="tok_fail_twice") == {
            "batchItemFailures": []
        }
        [stored] = cloud.transactions()
        assert (stored["state"]["S"], stored["attempts"]["N"]) == ("captured", "3")

    def test_timeout_is_tried_again_later_and_changes_no_state(
        self,
        cloud: Cloud,
        invoke: Invoke,
        clock: MovingClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A gateway that never answers leaves the payment received and due, and no dead letter."""
        monkeypatch.setattr("time.sleep", lambda _: None)
        answer = self.work(cloud, invoke, payment_method="tok_timeout")
        assert answer == {"batchItemFailures": []}
        assert cloud.transactions()[0]["state"]["S"] == "received"
        assert cloud.published() == []
        assert invoke("processing", TICK) == {"relayed": 0}
        clock.ahead = timedelta(minutes=1)
        assert invoke("processing", TICK) == {"relayed": 1}
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        assert cloud.transactions()[0]["attempts"]["N"] == "6"

    def test_a_duplicate_delivery_changes_nothing(self, cloud: Cloud, invoke: Invoke) -> None:
        """The same message again moves no money, publishes nothing and writes nothing."""
        post(invoke)
        [body] = cloud.receive(cloud.queue_url)
        invoke("processing", sqs([body]))
        before = cloud.items("transactions"), cloud.items("audit")
        assert invoke("processing", sqs([body, body])) == {"batchItemFailures": []}
        assert (cloud.items("transactions"), cloud.items("audit")) == before
        assert len(cloud.published()) == 1

    def test_four_workers_with_one_message_ask_once(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While one asks the gateway, three others find the payment held, and no call is made."""
        post(invoke)
        [body] = cloud.receive(cloud.queue_url)
        asked: list[str] = []
        plain = SandboxGateway.authorize

        def authorize(gateway: SandboxGateway, **call: Any) -> Any:
            asked.append(call["transaction_id"])
            if len(asked) == 1:
                for _ in range(3):
                    assert invoke("processing", sqs([body])) == {"batchItemFailures": []}
            return plain(gateway, **call)

        monkeypatch.setattr(SandboxGateway, "authorize", authorize)
        assert invoke("processing", sqs([body])) == {"batchItemFailures": []}
        assert len(asked) == 1
        assert cloud.transactions()[0]["state"]["S"] == "captured"

    def test_what_no_longer_fits_is_given_back(self, cloud: Cloud, invoke: Invoke) -> None:
        """With too little time left nothing is begun: the messages are queued anew, not failed."""
        for number in range(3):
            post(invoke, key=f"key-{number}")
        bodies = cloud.receive(cloud.queue_url)
        late = LambdaContext(remaining_milliseconds=14_999)
        assert handle(sqs(bodies), late) == {"batchItemFailures": []}
        assert {item["state"]["S"] for item in cloud.transactions()} == {"received"}
        assert sorted(cloud.receive(cloud.queue_url)) == sorted(bodies)

    def test_payments_of_a_file_wait_for_the_store(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While the store takes nothing, messages go round in the queue and never die."""
        monkeypatch.setattr("functions.handlers.processing.worker.GIVEN_BACK_SECONDS", 0)
        row = {"key": "key-1", **PAYMENT}
        body = json.dumps({"caller": "c", "source": "s", "submissions": [row]})
        cloud.dynamodb.delete_table(TableName="audit")
        for _ in range(10):
            assert invoke("processing", sqs([body])) == {"batchItemFailures": []}
            assert cloud.receive(cloud.queue_url) == [body]
        assert cloud.transactions() == []

    def test_a_store_that_is_down_fails_no_tick(self, cloud: Cloud, invoke: Invoke) -> None:
        """The next tick is the next try: a tick among the dead letters would help nobody."""
        cloud.dynamodb.delete_table(TableName="transactions")
        assert invoke("processing", TICK) == {"relayed": 0}

    def test_a_poison_message_fails_alone(
        self, cloud: Cloud, invoke: Invoke, logged: io.StringIO
    ) -> None:
        """A message that is none of ours fails, its neighbours don't, and it is not logged."""
        post(invoke)
        [body] = cloud.receive(cloud.queue_url)
        poison = [json.dumps({"card": VISA}), "[]", '{"transaction_id": "nobody"}']
        answer = invoke("processing", sqs([poison[0], body, *poison[1:]]))
        failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
        assert failed == ["0", "2", "3"]
        assert cloud.transactions()[0]["state"]["S"] == "captured"
        assert "message failed" in logged.getvalue()
        assert VISA not in logged.getvalue()

    def test_a_batch_that_fails_whole_is_still_reported_item_by_item(
        self, cloud: Cloud, invoke: Invoke
    ) -> None:
        """All failing is no reason to fail the invocation."""
        assert cloud.transactions() == []
        answer = invoke("processing", sqs(["x", "y"]))
        assert len(answer["batchItemFailures"]) == 2


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


def _version(item: dict[str, Any]) -> int:
    return int(item["version"]["N"])

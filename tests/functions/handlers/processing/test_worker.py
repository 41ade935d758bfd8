"""Batches of the payment queue, against emulated AWS services."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from functions.gateway.sandbox_gateway import SandboxGateway
from functions.handlers.processing.handler import handle
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, TICK, VISA, sqs
from tests.functions.support.lambda_context import LambdaContext
from tests.functions.support.moving_clock import MovingClock
from tests.functions.support.posting import post


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


def _version(item: dict[str, Any]) -> int:
    return int(item["version"]["N"])

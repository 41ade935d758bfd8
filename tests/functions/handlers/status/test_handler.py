"""Where a transaction stands, against emulated DynamoDB."""

import json

import pytest
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, load_balancer, rest, sqs


def _post(invoke: Invoke) -> str:
    event = rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "key-1"})
    return str(json.loads(invoke("processing", event)["body"])["transaction_id"])


class TestStatus:
    """GET /status/{transaction_id}."""

    def test_tells_state_and_history(self, cloud: Cloud, invoke: Invoke) -> None:
        """The answer has the state, the amount in both forms and every step, but no token."""
        transaction_id = _post(invoke)
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        answer = invoke("status", rest("GET", f"/status/{transaction_id}"))
        content = json.loads(answer["body"])
        assert answer["statusCode"] == 200
        assert (content["state"], content["amount"], content["amount_minor_units"]) == (
            "captured",
            "19.99",
            1999,
        )
        assert [step["state"] for step in content["history"]] == [
            "received",
            "authorized",
            "captured",
        ]
        assert "tok_" not in answer["body"]

    def test_nobody_sees_the_payments_of_others(self, cloud: Cloud, invoke: Invoke) -> None:
        """Two callers with one key have a payment each, and the other's is unknown to them."""
        one = {"caller": "AROAONE:session", "userArn": "arn:aws:sts::1:assumed-role/one/session"}
        callers = {"iam:AROAONE": one, "key:two": {"apiKeyId": "two"}, "unauthenticated": {}}
        ids: dict[str, str] = {}
        for caller, identity in callers.items():
            event = rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "key-1"})
            event["requestContext"]["identity"] = identity
            ids[caller] = json.loads(invoke("processing", event)["body"])["transaction_id"]
        assert {
            item["transaction_id"]["S"]: item["caller"]["S"] for item in cloud.transactions()
        } == {transaction_id: caller for caller, transaction_id in ids.items()}
        assert {item["caller"]["S"] for item in cloud.items("audit")} == callers.keys()
        for caller, identity in callers.items():
            for owner, transaction_id in ids.items():
                event = rest("GET", f"/status/{transaction_id}")
                event["requestContext"]["identity"] = identity
                status = 200 if owner == caller else 404
                assert invoke("status", event)["statusCode"] == status

    def test_behind_a_load_balancer(self, cloud: Cloud, invoke: Invoke) -> None:
        """A load balancer's event is answered as well."""
        transaction_id = _post(invoke)
        assert cloud.transactions()
        answer = invoke("status", load_balancer("GET", f"/status/{transaction_id}"))
        assert json.loads(answer["body"])["state"] == "received"

    @pytest.mark.parametrize(
        "transaction_id", ["5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11", "nonsense", "1 or 1=1"]
    )
    def test_unknown_ids_are_404(self, cloud: Cloud, invoke: Invoke, transaction_id: str) -> None:
        """An id that nobody has is a problem document that does not repeat it."""
        assert cloud.transactions() == []
        answer = invoke("status", rest("GET", f"/status/{transaction_id}"))
        assert answer["statusCode"] == 404
        assert json.loads(answer["body"])["type"] == "urn:problem:payments:unknown-transaction"
        assert transaction_id not in answer["body"]

    def test_a_failing_table_is_a_problem_without_details(
        self, cloud: Cloud, invoke: Invoke
    ) -> None:
        """What failed is in the log, not in the answer."""
        cloud.dynamodb.delete_table(TableName="transactions")
        path = "/status/5d7f9f3e-3e0f-4a52-9f7b-0e6a2f1f0c11"
        answer = invoke("status", rest("GET", path))
        assert answer["statusCode"] == 500
        assert "ResourceNotFound" not in answer["body"]
        assert json.loads(answer["body"])["type"] == "urn:problem:payments:request-failed"

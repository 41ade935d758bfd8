"""The built zips in the emulator's Lambda: unchanged code, real event sources, real queues."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from constructs_lib.compute.archive import code_zip
from constructs_lib.compute.layer import layer_zip
from tests.functions.support.cloud import REGION, Cloud, build_cloud
from tests.functions.support.events import PAYMENT, TICK, rest

ROOT = Path(__file__).parents[2]
ROLE = "arn:aws:iam::000000000000:role/payments"

# boto3 leaves sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class Deployed:
    """The functions, deployed as Terraform deploys them."""

    def __init__(self, url: str, cloud: Cloud, folder: Path) -> None:
        self.cloud = cloud
        self._client = boto3.client("lambda", region_name=REGION, endpoint_url=url)
        code = folder / "code.zip"
        code_zip(ROOT / "functions", code)
        # The very layer that is deployed. The emulator runs handlers in this interpreter; what is
        # compiled for another one, part of wrapt, has a twin in Python.
        layer, _ = layer_zip(
            ROOT / "functions" / "requirements.txt",
            cache=ROOT / ".cache",
            python_version="3.13",
            architecture="x86_64",
        )
        self._code = code.read_bytes()
        self._layer = self._client.publish_layer_version(
            LayerName="payments", Content={"ZipFile": layer.read_bytes()}
        )["LayerVersionArn"]

    def create(self, name: str, **environ: str) -> str:
        """Create the function *name*; return its ARN."""
        return str(
            self._client.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=ROLE,
                Handler=f"functions.handlers.{name}.handler.handle",
                Code={"ZipFile": self._code},
                Layers=[self._layer],
                Timeout=30,
                Environment={"Variables": {**self.cloud.environ, **environ}},
            )["FunctionArn"]
        )

    def consume(self, queue_arn: str, name: str) -> None:
        """Let *name* work on a queue."""
        self._client.create_event_source_mapping(
            EventSourceArn=queue_arn,
            FunctionName=name,
            BatchSize=10,
            FunctionResponseTypes=["ReportBatchItemFailures"],
        )

    def invoke(self, name: str, event: dict[str, Any]) -> Any:
        """Invoke *name* and return what it returns."""
        answer = self._client.invoke(FunctionName=name, Payload=json.dumps(event))
        content = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, content
        return content


def _redrive_to_dead_letters(cloud: Cloud) -> str:
    """Send messages to the dead-letter queue after two deliveries; return the queue's ARN."""

    def arn(url: str) -> str:
        found = cloud.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return str(found["Attributes"]["QueueArn"])

    policy = {"deadLetterTargetArn": arn(cloud.dead_letter_url), "maxReceiveCount": "2"}
    cloud.sqs.set_queue_attributes(
        QueueUrl=cloud.queue_url,
        # Enough for a cold start on a busy machine; what returns too early counts twice.
        Attributes={"RedrivePolicy": json.dumps(policy), "VisibilityTimeout": "6"},
    )
    return arn(cloud.queue_url)


def _eventually(check: Callable[[], Any], seconds: float = 90) -> Any:
    """Return the first true value of *check*."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = check()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"not within {seconds} s")


def test_payments_from_request_to_outcome(emulator: str, tmp_path: Path) -> None:
    """Payments approved, declined, tried again and taken up later all end; only poison is dead."""
    cloud = build_cloud(emulator)
    # The subprocesses that run handlers reach the emulator by themselves.
    deployed = Deployed(emulator, cloud, tmp_path)
    for name in ("validation", "processing", "status"):
        deployed.create(name)
    deployed.consume(_redrive_to_dead_letters(cloud), "processing")

    def post(key: str, token: str) -> str:
        body = {**PAYMENT, "payment_method": token}
        event = rest("POST", "/process", body, headers={"Idempotency-Key": key})
        answer = deployed.invoke("processing", event)
        assert answer["statusCode"] == 202, answer
        return str(json.loads(answer["body"])["transaction_id"])

    def state(transaction_id: str) -> str:
        answer = deployed.invoke("status", rest("GET", f"/status/{transaction_id}"))
        return str(json.loads(answer["body"])["state"])

    valid = deployed.invoke("validation", rest("POST", "/validate", PAYMENT))
    assert valid["statusCode"] == 200

    approved = post("approved", "tok_approve")
    assert post("approved", "tok_approve") == approved
    declined, slow = post("declined", "tok_decline"), post("slow", "tok_fail_twice")
    stuck = post("stuck", "tok_timeout")
    cloud.sqs.send_message(QueueUrl=cloud.queue_url, MessageBody="poison")

    _eventually(lambda: state(approved) == "captured")
    _eventually(lambda: state(declined) == "declined")
    _eventually(lambda: state(slow) == "captured")
    _eventually(lambda: _attempts(cloud, stuck) == 3)
    # A message that is none of ours dies; a payment never does, however long the gateway is silent.
    _eventually(lambda: cloud.receive(cloud.dead_letter_url) == ["poison"])
    assert state(stuck) == "received"

    # The gateway answers again, and the schedule's tick takes the payment up by itself.
    _change_token(cloud, stuck)
    _eventually(lambda: deployed.invoke("processing", TICK) == {"relayed": 1})
    _eventually(lambda: all("outbox_shard" not in one for one in cloud.transactions()))
    assert state(stuck) == "captured"
    assert _attempts(cloud, stuck) == 4
    assert deployed.invoke("processing", TICK) == {"relayed": 0}
    assert cloud.receive(cloud.dead_letter_url) == []
    archived = cloud.s3.list_objects_v2(Bucket="audit-bucket")["Contents"]
    assert len(archived) == len({approved, declined, slow, stuck})
    assert sorted(event["event_type"] for event in cloud.published()) == [
        "payment.captured",
        "payment.captured",
        "payment.captured",
        "payment.declined",
    ]


def _stored(cloud: Cloud, transaction_id: str) -> dict[str, Any]:
    [found] = [
        item for item in cloud.transactions() if item["transaction_id"]["S"] == transaction_id
    ]
    return found


def _attempts(cloud: Cloud, transaction_id: str) -> int:
    return int(_stored(cloud, transaction_id)["attempts"]["N"])


def _change_token(cloud: Cloud, transaction_id: str) -> None:
    found = _stored(cloud, transaction_id)
    cloud.dynamodb.update_item(
        TableName="transactions",
        Key={name: found[name] for name in ("transaction_id", "timestamp")},
        UpdateExpression="SET payment_method = :token",
        ExpressionAttributeValues={":token": {"S": "tok_approve"}},
    )

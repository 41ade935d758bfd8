"""Every hand-made change is found, in its class, at its address and attribute; nothing else [G5].

On the deployment that `test_local.py` paid with: three environments, tampered with all at once.
"""

import json
import sys
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from attrs import frozen

from devcloud.tampering import TAMPERINGS
from tests.conftest import Synthesis
from tests.e2e.local import ENVIRONMENTS, Local
from tests.e2e.tampers.every import TAMPERS
from tests.e2e.tampers.hand import Hand, Tamper

Place = tuple[str, str, str]
"""Class, address and attribute."""

OFFERED: Mapping[str, Place] = {
    "function-memory": ("drift", "aws_lambda_function.functions_processing", "memory_size"),
    "function-timeout": ("drift", "aws_lambda_function.functions_status", "timeout"),
    "table-capacity": ("drift", "aws_dynamodb_table.audit", "read_capacity"),
    "queue-patience": ("drift", "aws_sqs_queue.payment_queue", "visibility_timeout_seconds"),
    "open-port": ("drift", "aws_security_group.database_group", "ingress"),
    "role-policy": ("drift", "aws_iam_role.functions_processing_role", "inline_policy"),
    "bucket-versioning": ("drift", "aws_s3_bucket_versioning.audit_bucket", "versioning"),
    "log-retention": ("drift", "aws_cloudwatch_log_group.functions_proc", "retention_in_days"),
    "key-rotation": ("drift", "aws_kms_key.key", "enable_key_rotation"),
    "extra-queue": ("unmanaged", "http", ""),
}
"""Where each change of `payctl local tamper` must be reported; an address begins like this."""


LISTENING = {
    "Effect": "Allow",
    "Principal": {"Service": "sns.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": "*",
}
"""Without it the topic may not write to the queue: IAM is enforced."""


@frozen
class Drift:
    """What `payctl local run drift` says, without noise and what is accepted.

    Attributes:
        places: Of each environment.
    """

    status: int
    places: Mapping[str, Collection[Place]]

    @classmethod
    def of(cls, local: Local, *arguments: str) -> "Drift":
        """Run it."""
        done = local.run("run", "drift", *arguments, "--json")
        assert done.returncode in (0, 1), done.stderr
        assert done.stdout, done.stderr
        return cls(
            done.returncode,
            {
                name: [
                    (change["class"], change["address"], change["path"])
                    for change in changes
                    if change["class"] != "noise" and not change["accepted"]
                ]
                for name, changes in json.loads(done.stdout).items()
            },
        )


@pytest.fixture(scope="module")
def listener(local: Local) -> Mapping[str, str]:
    """A queue in each environment that hears what its alert topic is told."""
    queues = {}
    for name in ENVIRONMENTS:
        sqs, sns = local.client(name, "sqs"), local.client(name, "sns")
        policy = {"Version": "2012-10-17", "Statement": [LISTENING]}
        queues[name] = sqs.create_queue(
            QueueName="listener", Attributes={"Policy": json.dumps(policy)}
        )["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=queues[name], AttributeNames=["QueueArn"])
        topics = [topic["TopicArn"] for topic in sns.list_topics()["Topics"]]
        (alerts,) = [topic for topic in topics if topic.endswith(f":payment-alerts-{name}")]
        sns.subscribe(
            TopicArn=alerts,
            Protocol="sqs",
            Endpoint=arn["Attributes"]["QueueArn"],
            Attributes={"FilterPolicy": json.dumps({"event_type": ["platform.drift"]})},
        )
    return queues


def test_untouched_environments_report_nothing(local: Local) -> None:
    """After deployment and payments each is as the code says."""
    assert Drift.of(local, "--notify") == Drift(0, {name: [] for name in ENVIRONMENTS})


def test_a_subscription_from_outside_is_found(local: Local, listener: Mapping[str, str]) -> None:
    """The queue that listens for this test is in no state, and hears of itself."""
    found = Drift.of(local, "--notify")
    for name, url in listener.items():
        assert [(kind, path) for kind, _, path in found.places[name]] == [
            ("unmanaged", "subscription")
        ]
        assert _heard(local, name, url) is not None


def test_what_payctl_tampers_with_is_found(local: Local) -> None:
    """Whoever tries `payctl local tamper` sees `payctl local run drift` find it."""
    assert set(OFFERED) == set(TAMPERINGS)
    for change in OFFERED:
        local.must("tamper", "dev", change)
    found = Drift.of(local, "dev")
    missed = {
        change: place
        for change, place in OFFERED.items()
        if not any(_begins(reported, place) for reported in found.places["dev"])
    }
    assert missed == {}
    assert found.status == 1


def test_every_hand_made_change_is_found(
    local: Local,
    payments: Synthesis,
    listener: Mapping[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All at once in all environments, by one refresh of each; the alert topics are told."""
    hands = {
        environment.identity.name: _hand(local, environment.identity.name, environment.state)
        for environment in payments.blueprint.environments
    }
    with ThreadPoolExecutor() as pool:
        expected = dict(zip(hands, pool.map(_tampered, hands.values()), strict=True))
    found = Drift.of(local, "--notify")
    with capsys.disabled():
        sys.stdout.write(f"\n{_score(expected, found.places)}\n")
    assert {
        (name, tamper.name): place
        for name, places in expected.items()
        for tamper, place in places.items()
        if place not in found.places[name]
    } == {}
    assert found.status == 1
    for name, url in listener.items():
        message = _heard(local, name, url)
        assert message is not None
        assert message["Subject"].endswith(f"drift findings in payments-{name}")
        assert all(address in message["Message"] for _, address, _ in expected[name].values())


def _hand(local: Local, name: str, state: Any) -> Hand:
    s3 = local.client(name, "s3")
    body = s3.get_object(Bucket=state.bucket, Key=state.key)["Body"].read()
    return Hand(
        environment=name,
        client=lambda service: local.client(name, service),
        state=json.loads(body),
    )


def _tampered(hand: Hand) -> Mapping[Tamper, Place]:
    return {tamper: (tamper.kind.value, tamper.does(hand), tamper.path) for tamper in TAMPERS}


def _begins(reported: Place, place: Place) -> bool:
    return all(one.startswith(other) for one, other in zip(reported, place, strict=True))


def _heard(local: Local, environment: str, url: str) -> dict[str, str] | None:
    """Return the next message and take it from the queue; None where there is none."""
    sqs = local.client(environment, "sqs")
    received = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", ())
    for message in received:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return json.loads(received[0]["Body"]) if received else None


def _score(
    expected: Mapping[str, Mapping[Tamper, Place]], found: Mapping[str, Collection[Place]]
) -> str:
    total = sum(len(places) for places in expected.values())
    hits = sum(
        place in found[name] for name, places in expected.items() for place in places.values()
    )
    lines = [f"drift score: {hits} of {total} hand-made changes in {len(expected)} environments"]
    for tamper in TAMPERS:
        marks = [
            name if places[tamper] in found[name] else f"{name} MISSED"
            for name, places in expected.items()
        ]
        _, address, path = next(iter(expected.values()))[tamper]
        where = f"{address} {path}".strip()
        lines.append(f"  {tamper.kind.value:<9} {tamper.name:<32} {', '.join(marks)}  {where}")
    for name, places in expected.items():
        touched = {address for _, address, _ in places.values()}
        beside = [place for place in found[name] if place[1] not in touched]
        lines.append(f"  {name}: {len(beside)} reports beside, which follow from these:")
        lines += [f"    {' '.join(place)}" for place in beside]
    return "\n".join(lines)

"""Batch files from the inbound bucket, against emulated AWS services."""

import json
import resource
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import frozen
from functions.handlers.ingest.handler import handle
from functions.ingest.logic import COLUMNS
from functions.ingest.stretch import OutOfTimeError
from functions.messaging.payment_queue import PaymentQueue
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, VISA, s3, sqs
from tests.functions.support.lambda_context import LambdaContext

HEADER = ",".join(COLUMNS)


@frozen(kw_only=True)
class CountedContext(LambdaContext):
    """A Lambda context whose time left is told by the test."""

    left_milliseconds: Iterator[int]

    def get_remaining_time_in_millis(self) -> int:
        """Return the time left, in milliseconds."""
        return next(self.left_milliseconds)


GOOD = "key-1,1999,EUR,tok_approve,order 42"


def _put(cloud: Cloud, key: str, content: str | bytes) -> None:
    body = content.encode() if isinstance(content, str) else content
    cloud.s3.put_object(Bucket="inbound-bucket", Key=key, Body=body)


def _rejects(cloud: Cloud, key: str) -> list[dict[str, Any]]:
    found = cloud.s3.get_object(Bucket="inbound-bucket", Key=key)["Body"].read().decode()
    return [json.loads(line) for line in found.splitlines()]


class TestFiles:
    """What becomes of a file."""

    def test_csv_lines_become_payments(self, cloud: Cloud, invoke: Invoke) -> None:
        """Good lines go through the queue to the same end as posted payments."""
        lines = [HEADER, GOOD, "key-2,5,JPY,tok_decline,b"]
        _put(cloud, "payments/a b.csv", "\n".join(lines))
        assert invoke("ingest", s3("inbound-bucket", "payments/a+b.csv")) == {
            "taken": 2,
            "rejected": 0,
        }
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        states = sorted(item["state"]["S"] for item in cloud.transactions())
        assert states == ["captured", "declined"]
        assert _rejects(cloud, "rejects/a b.csv.jsonl") == []
        assert {item["caller"]["S"] for item in cloud.transactions()} == {"iam:AROABATCH"}

    def test_json_lines_become_payments(self, cloud: Cloud, invoke: Invoke) -> None:
        """One object a line, empty lines skipped, Windows line ends and a mark at the start."""
        line = json.dumps({"idempotency_key": "key-1", **PAYMENT})
        other = line.replace("key-1", "key-2")
        _put(cloud, "payments/a.jsonl", f"\ufeff{line}\r\n\r\n{other}")
        assert invoke("ingest", s3("inbound-bucket", "payments/a.jsonl"))["taken"] == 2

    def test_bad_lines_are_listed_with_reasons(self, cloud: Cloud, invoke: Invoke) -> None:
        """Each bad line is listed with its number and all reasons, and never repeated."""
        lines = [
            HEADER,
            GOOD,
            "key-2,0,EURO,tok_approve,b",
            "key-3,5,EUR,tok_approve",
            f"key-4,5,EUR,tok_approve,{VISA}",
            ',5,EUR,"tok_approve,b',
            ",5,EUR,tok_approve,b",
            "x" * 5000,
            "key-5,1.5,EUR,tok_approve,b",
        ]
        content = "\n".join(lines).encode() + b"\nkey-6,5,EUR,tok_approve,\xff"
        _put(cloud, "payments/a.csv", content)
        answer = invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
        found = _rejects(cloud, "rejects/a.csv.jsonl")
        assert answer == {"taken": 1, "rejected": 8}
        assert [reject["line"] for reject in found] == [3, 4, 5, 6, 7, 8, 9, 10]
        assert len(found[0]["reasons"]) == 2
        assert found[1]["reasons"] == ["request must have 5 cells"]
        assert "card number" in found[2]["reasons"][0]
        assert found[3]["reasons"] == ["line must be a well-formed row or object"]
        assert found[4]["reasons"][0].startswith("idempotency_key must be")
        assert "at most 4096 bytes" in found[5]["reasons"][0]
        assert found[6]["reasons"][0].startswith("amount_minor_units must be")
        assert "UTF-8" in found[7]["reasons"][0]
        assert VISA not in json.dumps(found)

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("a.csv", "amount,currency\n1,EUR\n", "the header must be"),
            ("a.csv", "", "the header must be"),
            ("a.csv", f"{HEADER}\rkey-1,5,EUR,tok_approve,b\r", "the header must be"),
            ("a.csv", f'"{HEADER}\nkey-1,5,EUR,tok_approve,b\n', "the header must be"),
            ("a.csv", b"\xff\xfe", "the header must be"),
            ("a.xlsx", GOOD, "must be named .csv, .jsonl or .ndjson"),
        ],
    )
    def test_unreadable_files_are_rejected_whole(
        self, cloud: Cloud, invoke: Invoke, name: str, content: str | bytes, reason: str
    ) -> None:
        """A file without the header, or of another kind, is one reject."""
        _put(cloud, f"payments/{name}", content)
        answer = invoke("ingest", s3("inbound-bucket", f"payments/{name}"))
        [reject] = _rejects(cloud, f"rejects/{name}.jsonl")
        assert answer == {"taken": 0, "rejected": 1}
        assert reject["line"] == 1
        assert reason in reject["reasons"][0]

    def test_says_the_same_thing_twice(self, cloud: Cloud, invoke: Invoke) -> None:
        """A line in which two readers could see two amounts is rejected."""
        line = json.dumps({"idempotency_key": "k", **PAYMENT})[:-1] + ', "amount_minor_units": 9}'
        _put(cloud, "payments/a.jsonl", line)
        assert invoke("ingest", s3("inbound-bucket", "payments/a.jsonl"))["rejected"] == 1
        [reject] = _rejects(cloud, "rejects/a.jsonl.jsonl")
        assert reject["reasons"] == ["an object must not have the same name twice"]

    def test_a_corrected_file_takes_away_old_rejects(self, cloud: Cloud, invoke: Invoke) -> None:
        """What was said about the file before is no longer there."""
        for content, rejects in ((f"{HEADER}\n{GOOD},x\n", 1), (f"{HEADER}\n{GOOD}\n", 0)):
            _put(cloud, "payments/a.csv", content)
            invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
            assert len(_rejects(cloud, "rejects/a.csv.jsonl")) == rejects

    def test_the_version_of_the_event_is_read(self, cloud: Cloud, invoke: Invoke) -> None:
        """A file that was overwritten meanwhile is read as it was when the event was sent."""
        cloud.s3.put_bucket_versioning(
            Bucket="inbound-bucket", VersioningConfiguration={"Status": "Enabled"}
        )
        first = cloud.s3.put_object(
            Bucket="inbound-bucket", Key="payments/a.csv", Body=f"{HEADER}\n{GOOD}\n".encode()
        )
        _put(cloud, "payments/a.csv", "overwritten")
        event = s3("inbound-bucket", "payments/a.csv", version=first["VersionId"])
        assert invoke("ingest", event) == {"taken": 1, "rejected": 0}

    def test_delivered_twice_pays_once(self, cloud: Cloud, invoke: Invoke) -> None:
        """S3 may send an event again: the payments are the same ones."""
        _put(cloud, "payments/a.csv", f"{HEADER}\n{GOOD}\n")
        for _ in range(2):
            invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
        invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        assert len(cloud.transactions()) == 1
        assert len(cloud.receive(cloud.queue_url)) == 1

    @pytest.mark.parametrize(
        ("bucket", "key"), [("other-bucket", "payments/a.csv"), ("inbound-bucket", "rejects/a.csv")]
    )
    def test_leaves_other_objects_alone(
        self, cloud: Cloud, invoke: Invoke, bucket: str, key: str
    ) -> None:
        """Only files below payments/ of its own bucket are read."""
        assert invoke("ingest", s3(bucket, key)) == {"taken": 0, "rejected": 0}
        assert cloud.receive(cloud.queue_url) == []

    def test_a_key_of_another_payment_ends_in_the_dead_letter_queue(
        self, cloud: Cloud, invoke: Invoke
    ) -> None:
        """The message fails so that people see it; the other lines of the message are accepted."""
        lines = [HEADER, GOOD, GOOD.replace("1999", "1"), GOOD.replace("key-1", "key-2")]
        _put(cloud, "payments/a.csv", "\n".join(lines))
        invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
        answer = invoke("processing", sqs(cloud.receive(cloud.queue_url)))
        assert len(answer["batchItemFailures"]) == 1
        assert sorted(item["amount_minor_units"]["N"] for item in cloud.transactions()) == [
            "1999",
            "1999",
        ]


class TestWithoutQueue:
    """Platforms that have no queue."""

    def test_accepts_directly(
        self, cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Payments are carried out by the file's own event; a key used before is a reject."""
        monkeypatch.delenv("PAYMENT_QUEUE_URL")
        _put(cloud, "payments/a.csv", "\n".join([HEADER, GOOD, GOOD.replace("1999", "1")]))
        answer = invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
        assert answer == {"taken": 1, "rejected": 1}
        assert [item["state"]["S"] for item in cloud.transactions()] == ["captured"]
        assert _rejects(cloud, "rejects/a.csv.jsonl")[0]["line"] == 3


class TestTime:
    """A file that is too long for one invocation."""

    def test_goes_on_where_it_ended(self, cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every line is taken or rejected once, in as many invocations as it takes."""
        good = [f"key-{number},5,EUR,tok_approve,b" for number in range(40)]
        lines = [HEADER, *(line if at % 5 else f"{line},x" for at, line in enumerate(good))]
        _put(cloud, "payments/a.csv", "\n".join(lines))
        sent: list[str] = []
        monkeypatch.setattr(
            PaymentQueue,
            "send_submissions",
            lambda _self, batch: sent.extend(
                one.key for message in batch for one in message.submissions
            ),
        )
        event = s3("inbound-bucket", "payments/a.csv")
        ended = 0
        for _ in range(10):
            context = CountedContext(left_milliseconds=iter([30_000] * 12 + [7_999] * 100))
            try:
                answer = handle(event, context)
            except OutOfTimeError:
                ended += 1
            else:
                break
        assert answer == {"taken": 4, "rejected": 8}
        assert ended == 3
        assert sent == [f"key-{number}" for number in range(40) if number % 5]
        found = _rejects(cloud, "rejects/a.csv.jsonl")
        assert [reject["line"] for reject in found] == [number + 2 for number in range(0, 40, 5)]

    def test_another_version_begins_anew(self, cloud: Cloud, invoke: Invoke) -> None:
        """How far the file before was read counts for nothing."""
        _put(cloud, "payments/a.csv", f"{HEADER}\n{GOOD}\n")
        cloud.s3.put_object(
            Bucket="inbound-bucket",
            Key="rejects/a.csv.jsonl",
            Metadata={"version": "another", "rejects": "7", "read-to-line": "1000"},
        )
        answer = invoke("ingest", s3("inbound-bucket", "payments/a.csv"))
        assert answer == {"taken": 1, "rejected": 0}


class TestSize:
    """A large file."""

    def test_100000_lines(self, cloud: Cloud, invoke: Invoke) -> None:
        """100,000 lines are queued within 30 seconds and with little more memory."""
        rows = (f"key-{number},{number + 1},EUR,tok_approve,order" for number in range(100_000))
        _put(cloud, "payments/large.csv", "\n".join([HEADER, *rows]))
        sent: list[int] = []
        import functions.messaging.payment_queue as module  # noqa: PLC0415 - moto is not timed

        monkeypatch = pytest.MonkeyPatch()
        monkeypatch.setattr(
            module.PaymentQueue,
            "send_submissions",
            lambda _self, batch: sent.append(sum(len(one.submissions) for one in batch)),
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        try:
            answer = invoke("ingest", s3("inbound-bucket", "payments/large.csv"))
        finally:
            monkeypatch.undo()
        seconds = time.process_time() - start
        growth_mebibytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        sys.stdout.write(
            f"100,000 lines: {seconds:.1f} s of CPU, {growth_mebibytes:.0f} MiB more\n"
        )
        assert answer == {"taken": 100_000, "rejected": 0}
        assert (len(sent), sum(sent)) == (400, 100_000)
        assert seconds < 30
        assert growth_mebibytes < 64

"""Batch files of payments from the inbound bucket to the payment queue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote_plus

from aws_lambda_powertools.metrics import MetricUnit

from functions.configuration.variable import read_settings
from functions.domain.caller import iam_caller
from functions.domain.instant import utc_now
from functions.handlers.ingest.destination import Destination, ToQueue, ToStore
from functions.handlers.ingest.settings import IngestSettings
from functions.ingest.line_reader import read_lines
from functions.ingest.logic import GoodLine, Reject, read_payments
from functions.ingest.rejects_file import RejectsFile
from functions.messaging.payment_queue import PaymentQueue
from functions.observability.telemetry import logger, metrics, tracer
from functions.payments.client import client

_PAYMENTS: Final = "payments/"
_REJECTS: Final = "rejects/"
_CHUNK_BYTES: Final = 64 * 1024


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], _context: Any) -> dict[str, int]:
    """Take every file that the S3 event names; a second time changes nothing."""
    settings, destination = _parts()
    taken = rejected = 0
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = unquote_plus(record["s3"]["object"]["key"])
        if bucket != settings.inbound_bucket or not key.startswith(_PAYMENTS):
            logger.warning("not a file of payments; left alone")
            continue
        caller = iam_caller((record.get("userIdentity") or {}).get("principalId", ""))
        file_taken, file_rejected = _ingest(client("s3"), bucket, key, destination, caller)
        taken, rejected = taken + file_taken, rejected + file_rejected
    metrics.add_metric(name="LinesTaken", unit=MetricUnit.Count, value=taken)
    metrics.add_metric(name="LinesRejected", unit=MetricUnit.Count, value=rejected)
    return {"taken": taken, "rejected": rejected}


def _ingest(
    s3: Any, bucket: str, key: str, destination: Destination, caller: str
) -> tuple[int, int]:
    found = s3.get_object(Bucket=bucket, Key=key)
    # The name may be anything, even a card number; the ETag names the content as well.
    source = f"ingest-{found['ETag'].strip(chr(34))}"
    logger.set_correlation_id(source)
    rejects_key = f"{_REJECTS}{key[len(_PAYMENTS) :]}.jsonl"
    with RejectsFile(client=s3, bucket=bucket, key=rejects_key) as rejects:
        lines = read_lines(found["Body"].iter_chunks(_CHUNK_BYTES))
        good = _good(read_payments(key, lines), rejects)
        taken = destination.take(caller, source, good, rejects.add)
        rejects.write()
        logger.info("file ingested", taken=taken, rejected=rejects.count)
        return taken, rejects.count


def _good(lines: Iterator[GoodLine | Reject], rejects: RejectsFile) -> Iterator[GoodLine]:
    for line in lines:
        if isinstance(line, Reject):
            rejects.add(line)
        else:
            yield line


@lru_cache(maxsize=1)
def _parts() -> tuple[IngestSettings, Destination]:
    settings = read_settings(IngestSettings, os.environ)
    if settings.payment_queue_url is not None:
        queue = PaymentQueue(client=client("sqs"), url=settings.payment_queue_url)
        return settings, ToQueue(queue=queue)
    return settings, _direct()


def _direct() -> Destination:
    # Imported here: where there is a queue, none of this is needed at cold start.
    from functions.payments.acceptance import Acceptance  # noqa: PLC0415
    from functions.payments.composition import build_dispatch, build_progress  # noqa: PLC0415
    from functions.payments.payment_settings import PaymentSettings  # noqa: PLC0415
    from functions.payments.reporting import report_not_handed_on  # noqa: PLC0415

    payments = read_settings(PaymentSettings, os.environ)
    progress = build_progress(payments)
    return ToStore(
        acceptance=Acceptance(
            store=progress.store,
            dispatch=build_dispatch(progress, None),
            clock=utc_now,
            report=report_not_handed_on,
        )
    )

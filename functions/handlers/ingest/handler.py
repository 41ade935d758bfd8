"""Batch files of payments from the inbound bucket to the payment queue."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any, Final

from aws_lambda_powertools.metrics import MetricUnit

from functions.configuration.variable import read_settings
from functions.domain.instant import utc_now
from functions.handlers.ingest.destination import Destination, ToQueue, ToStore
from functions.handlers.ingest.settings import IngestSettings
from functions.ingest.line_reader import read_lines
from functions.ingest.rejects_file import RejectsFile
from functions.ingest.stretch import OutOfTimeError, Stretch
from functions.ingest.upload import Upload
from functions.messaging.payment_queue import PaymentQueue
from functions.observability.telemetry import logger, metrics
from functions.observability.tracing import tracer
from functions.payments.client import client

_PAYMENTS: Final = "payments/"
_REJECTS: Final = "rejects/"
_CHUNK_BYTES: Final = 64 * 1024
_RESERVE_MILLISECONDS: Final = 8_000
"""What sending the last lines and writing the rejects may take."""


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Take every file that the S3 event names; a second time changes nothing.

    Raises:
        OutOfTimeError: If a file is too long for one invocation; Lambda's next try goes on where
            this one ended.

    """
    settings, destination = _parts()
    taken = rejected = 0
    for record in event["Records"]:
        upload = Upload.in_record(record)
        if upload.bucket != settings.inbound_bucket or not upload.key.startswith(_PAYMENTS):
            logger.warning("not a file of payments; left alone")
            metrics.add_metric(name="FilesLeftAlone", unit=MetricUnit.Count, value=1)
            continue
        file_taken, file_rejected = _ingest(upload, destination, context)
        taken, rejected = taken + file_taken, rejected + file_rejected
    return {"taken": taken, "rejected": rejected}


def _ingest(upload: Upload, destination: Destination, context: Any) -> tuple[int, int]:
    s3 = client("s3")
    # The version of the event: a later one has an event of its own.
    found = s3.get_object(Bucket=upload.bucket, Key=upload.key, **upload.version)
    # The name may be anything, even a card number; the ETag names the content as well.
    source = f"ingest-{found['ETag'].strip(chr(34))}"
    logger.set_correlation_id(source)
    with RejectsFile(
        client=s3,
        bucket=upload.bucket,
        key=f"{_REJECTS}{upload.key[len(_PAYMENTS) :]}.jsonl",
        version=found.get("VersionId") or source,
    ) as rejects:
        stretch = Stretch(
            name=upload.key,
            after_line=rejects.resume(),
            has_time=lambda: context.get_remaining_time_in_millis() >= _RESERVE_MILLISECONDS,
        )
        lines = read_lines(found["Body"].iter_chunks(_CHUNK_BYTES))
        good = stretch.payments(lines, rejects.add)
        taken = destination.take(upload.caller, source, good, rejects.add)
        rejects.write(read_to_line=None if stretch.is_complete else stretch.reached_line)
        metrics.add_metric(name="LinesTaken", unit=MetricUnit.Count, value=taken)
        metrics.add_metric(name="LinesRejected", unit=MetricUnit.Count, value=rejects.count)
        logger.info("file ingested", taken=taken, rejected=rejects.count)
        if not stretch.is_complete:
            raise OutOfTimeError(f"{source}: read to line {stretch.reached_line}, with more left")
        return taken, rejects.count


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

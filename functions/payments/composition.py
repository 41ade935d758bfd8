"""How the parts are put together, from what the settings name; what they don't name isn't there."""

# Imports are inside the functions: a platform pays at cold start only for the parts it has.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import TYPE_CHECKING

from functions.domain.instant import utc_now
from functions.payments.client import client
from functions.payments.dispatch import AtOnce, Dispatch, ThroughQueue
from functions.payments.outcome_effect import (
    OutcomeEffect,
    PostToLedger,
    PublishEvent,
    WriteToArchive,
)
from functions.payments.payment_settings import PaymentSettings
from functions.payments.progress import Progress
from functions.payments.store_composition import build_database, build_store

if TYPE_CHECKING:
    from functions.messaging.payment_queue import PaymentQueue


def build_progress(settings: PaymentSettings) -> Progress:
    """Return what moves transactions, with the effects that *settings* name."""
    effects: list[OutcomeEffect] = []
    if settings.store.database is not None:
        from functions.storage.postgres_ledger import PostgresLedger

        ledger = PostgresLedger(database=build_database(settings.store.database))
        effects.append(PostToLedger(ledger=ledger))
    if settings.audit_bucket is not None:
        from functions.storage.archive import Archive

        archive = Archive(client=client("s3"), bucket=settings.audit_bucket)
        effects.append(WriteToArchive(archive=archive))
    if settings.event_topic_arn is not None:
        from functions.messaging.event_topic import EventTopic

        topic = EventTopic(client=client("sns"), arn=settings.event_topic_arn)
        effects.append(PublishEvent(topic=topic))
    return Progress(
        store=build_store(settings.store),
        gateway=settings.gateway,
        effects=tuple(effects),
        clock=utc_now,
    )


def build_queue(settings: PaymentSettings) -> PaymentQueue | None:
    """Return the payment queue, None if *settings* name none."""
    if settings.payment_queue_url is None:
        return None
    from functions.messaging.payment_queue import PaymentQueue

    return PaymentQueue(client=client("sqs"), url=settings.payment_queue_url)


def build_dispatch(progress: Progress, queue: PaymentQueue | None) -> Dispatch:
    """Return the way to work on payments: through *queue* if there is one, or else at once."""
    return AtOnce(progress=progress) if queue is None else ThroughQueue(queue=queue)

"""Payment events from SNS to a signed webhook."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit

from functions.configuration.secret_parameter import secret
from functions.configuration.variable import read_settings
from functions.handlers.notification.logic import event_in, read_secret, sign
from functions.handlers.notification.settings import NotificationSettings
from functions.handlers.notification.webhook_sender import (
    HttpSender,
    NotDeliveredError,
    PatientSender,
)
from functions.observability.telemetry import logger, metrics
from functions.observability.tracing import tracer


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handle(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Deliver each record's event.

    A failure fails the invocation, so that Lambda repeats it and then keeps it in the dead-letter
    queue: SNS sends one record at a time, and receivers know repeats by their webhook-id.
    """
    settings = _settings()
    sender = PatientSender(
        sender=HttpSender(url=settings.webhook_url),
        remaining_seconds=lambda: context.get_remaining_time_in_millis() / 1000,
    )
    for record in event["Records"]:
        event_id, body = event_in(record)
        logger.set_correlation_id(event_id)
        webhook = sign(
            event_id=event_id,
            body=body,
            key=read_secret(_secret()(False)),
            timestamp_seconds=int(time.time()),
        )
        try:
            sender.send(webhook)
        except NotDeliveredError:
            metrics.add_metric(name="WebhooksFailed", unit=MetricUnit.Count, value=1)
            raise
        metrics.add_metric(name="WebhooksDelivered", unit=MetricUnit.Count, value=1)
        logger.info("webhook delivered")
    return {"delivered": len(event["Records"])}


@lru_cache(maxsize=1)
def _settings() -> NotificationSettings:
    return read_settings(NotificationSettings, os.environ)


@lru_cache(maxsize=1)
def _secret() -> Callable[[bool], str]:
    return secret(_settings().webhook_secret_parameter)

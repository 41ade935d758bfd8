"""Tells what kind of event it is, and what a caller is told."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from functions.domain.state import State


class Trigger(Enum):
    """What made the function run."""

    REQUEST = "request"
    QUEUE = "queue"
    SCHEDULE = "schedule"


class UnknownTriggerError(ValueError):
    """The event is none that this function handles."""


def trigger_of(event: Mapping[str, Any]) -> Trigger:
    """Return what made the function run.

    Raises:
        UnknownTriggerError: If it is not a request, a queue batch or a schedule.

    """
    if "requestContext" in event:
        return Trigger.REQUEST
    if event.get("source") == "aws.events":
        return Trigger.SCHEDULE
    if any(record.get("eventSource") == "aws:sqs" for record in event.get("Records", [])):
        return Trigger.QUEUE
    raise UnknownTriggerError("the event must be a request, a queue batch or a schedule")


def receipt(transaction_id: str) -> dict[str, str]:
    """Return what a caller is told; the same for the first request and every repeat."""
    return {"transaction_id": transaction_id, "state": State.RECEIVED.value}

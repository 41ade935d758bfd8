"""A message becomes a dead letter before it expires, and can then still be found."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.delivery import json_at
from audit.relation.deployed import deployed
from audit.synthesized import Resource, Stack

_SECONDS_PER_DAY: Final = 86_400
_DEFAULT_SECONDS: Final = 4 * _SECONDS_PER_DAY
_OUTAGE_SECONDS: Final = 2 * _SECONDS_PER_DAY
"""How long consumers may stand still; what is older then was never tried, and is gone."""


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for source in world.resources("aws_sqs_queue", "aws_sqs_queue_redrive_policy"):
        text = source.config.get("redrive_policy")
        queue = world.at(source.config.get("queue_url"), "aws_sqs_queue") or source
        if text:
            letters = world.at(json_at(text, "deadLetterTargetArn"), "aws_sqs_queue")
            yield from _compared(queue, letters)


def _compared(queue: Resource, letters: Resource | None) -> Iterator[Violation]:
    here, there = _seconds(queue), _seconds(letters) if letters else None
    target = letters.address if letters else "a queue of this stack"
    if here is None or there is None:
        message = f"must be numbers of seconds here and in {target}, to be compared"
        yield violation(queue, "message_retention_seconds", message)
    elif here < _OUTAGE_SECONDS:
        message = (
            f"must be {_OUTAGE_SECONDS} s or more, got {here}: what expires in the queue "
            "is no dead letter but gone"
        )
        yield violation(queue, "message_retention_seconds", message)
    elif there < here + _SECONDS_PER_DAY:
        message = (
            f"must leave a day ({_SECONDS_PER_DAY} s) of the {there} s in {target}, where "
            f"the age of a message goes on, got {here}"
        )
        yield violation(queue, "message_retention_seconds", message)


def _seconds(queue: Resource) -> int | None:
    found = queue.config.get("message_retention_seconds", _DEFAULT_SECONDS)
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


RULE: Final = Rule(
    id="message-lifetime",
    title="Messages outlast an outage, and dead letters outlast messages",
    why="SQS deletes what is older than the retention of its queue without a trace, and counts the "
    "age of a dead letter from the day it was sent.",
    source_url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-dead-letter-queues.html",
    check=_check,
)

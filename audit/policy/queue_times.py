"""The times of queues fit those of whoever works them off, and of where dead letters go."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.delivery import json_at
from audit.relation.deployed import Deployed, deployed
from audit.synthesized import Stack

_VISIBILITY_SECONDS: Final = 30
_RETENTION_SECONDS: Final = 345_600
_TIMEOUT_SECONDS: Final = 3
"""What SQS and Lambda take where nothing is said."""
_ATTEMPTS: Final = 6
"""By how many times a message must be invisible for longer than a function may run."""
_REDRIVES: Final = ("aws_sqs_queue", "aws_sqs_queue_redrive_policy")


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    yield from _visibility(world)
    yield from _retention(world)


def _visibility(world: Deployed) -> Iterator[Violation]:
    for mapping in world.resources("aws_lambda_event_source_mapping"):
        queue = world.at(mapping.config.get("event_source_arn"), "aws_sqs_queue")
        function = world.at(mapping.config.get("function_name"), "aws_lambda_function")
        if queue is None or function is None:
            continue  # The rule `receivers` reports what it cannot find.
        hidden = queue.config.get("visibility_timeout_seconds", _VISIBILITY_SECONDS)
        timeout = function.config.get("timeout", _TIMEOUT_SECONDS)
        window = mapping.config.get("maximum_batching_window_in_seconds", 0)
        path = "visibility_timeout_seconds"
        if not all(isinstance(one, int | float) for one in (hidden, timeout, window)):
            message = f"must be a number to compare, got {hidden}, {timeout} and {window}"
            yield violation(queue, path, message)
        elif hidden < _ATTEMPTS * timeout + window:
            message = (
                f"must be {_ATTEMPTS} × {timeout} + {window} = {_ATTEMPTS * timeout + window} "
                f"seconds or more for {function.address}, got {hidden}"
            )
            yield violation(queue, path, message)


def _retention(world: Deployed) -> Iterator[Violation]:
    """Yield dead letters that go before somebody looks: their clock started in the first queue."""
    for source in world.resources(*_REDRIVES):
        text = source.config.get("redrive_policy")
        letters = world.at(json_at(text, "deadLetterTargetArn"), "aws_sqs_queue") if text else None
        queue = world.at(source.config.get("queue_url"), "aws_sqs_queue") or source
        if letters is None:
            continue
        kept, waits = (
            one.config.get("message_retention_seconds", _RETENTION_SECONDS)
            for one in (letters, queue)
        )
        if not isinstance(kept, int | float) or not isinstance(waits, int | float) or kept < waits:
            message = (
                f"must keep dead letters for as long as {queue.address} keeps messages, "
                f"{waits} seconds, or longer, got {kept}"
            )
            yield violation(letters, "message_retention_seconds", message)


RULE: Final = Rule(
    id="queue-times",
    title="Queues wait for as long as their readers and their dead letters need",
    why="A message that shows again too soon is done twice; a dead letter that expires is gone.",
    source_url="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    suppressible=False,
    check=_check,
)

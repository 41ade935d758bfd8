"""A message stays invisible for as long as the function that works on it may run, six times."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import deployed
from audit.synthesized import Stack

_VISIBILITY_SECONDS: Final = 30
_TIMEOUT_SECONDS: Final = 3
"""What SQS and Lambda take where nothing is said."""
_ATTEMPTS: Final = 6
"""By how many times a message must be invisible for longer than a function may run."""


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
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


RULE: Final = Rule(
    id="visibility-timeout",
    title="Messages are invisible for as long as functions work on them",
    why="A message that shows again while it is worked on is done twice.",
    source_url="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    suppressible=False,
    check=_check,
)

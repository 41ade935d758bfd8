"""Whoever removes what Lambda uses waits until Lambda lets go of it."""

import re
from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Stack

_MINUTES: Final = 60
_HELD: Final = ("aws_security_group", "aws_subnet")
_DURATION: Final = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?")


def _check(stack: Stack) -> Iterator[Violation]:
    used = {
        reference.address
        for function in stack.resources("aws_lambda_function")
        for reference in references(function.config.get("vpc_config"))
    }
    for resource in stack.resources(*_HELD):
        if resource.address not in used and used:
            continue
        timeouts = resource.config.get("timeouts")
        found = timeouts.get("delete") if isinstance(timeouts, dict) else None
        if _minutes(found) < _MINUTES:
            message = (
                f"must give its removal {_MINUTES}m or more: Lambda holds network interfaces for "
                f"20–60 minutes after its functions are gone, got {found}"
            )
            yield violation(resource, "timeouts", message)


def _minutes(duration: object) -> int:
    matched = _DURATION.fullmatch(duration) if isinstance(duration, str) else None
    hours, minutes = matched.groups(default="0") if matched else ("0", "0")
    return int(hours) * 60 + int(minutes)


RULE: Final = Rule(
    id="patient-removal",
    title="What Lambda holds is waited for when it is destroyed",
    why="Subnets and groups that functions used cannot go for up to an hour; a destroy that gives "
    "up earlier leaves half an environment.",
    source_url="https://github.com/hashicorp/terraform-provider-aws/issues/32130",
    check=_check,
)

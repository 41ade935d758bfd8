"""Logs are kept as long as they must be, and no longer [O1].

How long is an approved variation. PCI DSS asks for twelve months where there are real cards; the
rule sees to it that somebody decided.
"""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

DAYS: Final = frozenset(
    {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731}
    | {1096, 1827, 2192, 2557, 2922, 3288, 3653}
)
"""What CloudWatch accepts; 0, its default, is for ever."""


def _check(stack: Stack) -> Iterator[Violation]:
    for group in stack.resolved.resources("aws_cloudwatch_log_group"):
        days = group.config.get("retention_in_days")
        if isinstance(days, bool) or days not in DAYS:
            message = f"must be a number of days that CloudWatch accepts, got {days}"
            yield violation(group, "retention_in_days", message)


RULE: Final = Rule(
    id="log-retention",
    title="Every log group has an accepted retention",
    why="Logs kept for ever cost for ever; a number that AWS does not accept fails on deployment.",
    source_url="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/"
    "API_PutRetentionPolicy.html",
    pci_dss=("10.5.1",),
    check=_check,
)

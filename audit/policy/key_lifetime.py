"""A key outlives the backups that are encrypted with it, as far as KMS lets it."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

_LONGEST_WINDOW_DAYS: Final = 30
_POINT_IN_TIME_DAYS: Final = 35
"""How long DynamoDB keeps the last backup of a table that was deleted."""
_RETENTIONS: Final = {
    "aws_db_instance": "backup_retention_period",
    "aws_rds_cluster": "backup_retention_period",
}


def _check(stack: Stack) -> Iterator[Violation]:
    backups = max(_backup_days(stack), default=_LONGEST_WINDOW_DAYS)
    wanted = min(backups, _LONGEST_WINDOW_DAYS)
    for key in stack.resolved.resources("aws_kms_key"):
        found = key.config.get("deletion_window_in_days")
        if not isinstance(found, int) or found < wanted:
            message = (
                f"must be {wanted} days or more, as long as the backups ({backups} days) as far as "
                f"KMS allows ({_LONGEST_WINDOW_DAYS}), got {found}"
            )
            yield violation(key, "deletion_window_in_days", message)


def _backup_days(stack: Stack) -> Iterator[int]:
    for resource in stack.resolved.resources():
        days = resource.config.get(_RETENTIONS.get(resource.type, ""))
        if isinstance(days, int):
            yield days
        if resource.type == "aws_dynamodb_table" and _has_recovery(resource):
            yield _POINT_IN_TIME_DAYS


def _has_recovery(table: Resource) -> bool:
    block = table.config.get("point_in_time_recovery")
    return isinstance(block, dict) and block.get("enabled") is not False


RULE: Final = Rule(
    id="key-lifetime",
    title="A key outlives what is encrypted with it",
    why="A backup without its key cannot be read; after the window no key can be restored.",
    source_url="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    check=_check,
)

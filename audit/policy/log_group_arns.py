"""Policies name log groups the way CloudWatch Logs does: with `:*` behind the name."""

from collections.abc import Iterator
from typing import Final

from audit.iam.document import documents
from audit.iam.place import Role
from audit.iam.statement import Statement
from audit.iam.wildcard import covers
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

_ON_THE_NAME: Final = frozenset(
    {"logs:listtagsforresource", "logs:tagresource", "logs:untagresource"}
)
"""The actions on a log group whose ARN has nothing behind the name."""


def _check(stack: Stack) -> Iterator[Violation]:
    for document in documents(stack, Role.IDENTITY, Role.BOUNDARY):
        for statement in document.readable:
            for arn in statement.resources if statement.allows else ():
                if _is_bare(arn) and not _is_about_names(statement):
                    message = f"must end in `:*` to match anything, {arn} does not"
                    yield violation(document.resource, document.path, message)


def _is_bare(arn: str) -> bool:
    """Tell whether *arn* is a log group's and matches none of its streams, nor the group."""
    _, _, group = arn.partition(":log-group:")
    if not arn.startswith("arn:") or ":logs:" not in arn or not group:
        return False
    return ":log-stream:" not in group and not covers(arn, f"{arn}:*")


def _is_about_names(statement: Statement) -> bool:
    return bool(statement.actions) and all(a.lower() in _ON_THE_NAME for a in statement.actions)


RULE: Final = Rule(
    id="log-group-arns",
    title="Permissions on log groups match log groups",
    why="Without `:*` nothing is allowed, and what cannot write its logs says nothing.",
    source_url="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/"
    "iam-access-control-overview-cwl.html",
    check=_check,
)

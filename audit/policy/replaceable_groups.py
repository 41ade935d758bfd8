"""A parameter group can be followed by one of another family, and takes effect without a reboot."""

from collections.abc import Iterator
from typing import Any, Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

_GROUPS: Final = ("aws_db_parameter_group", "aws_rds_cluster_parameter_group")
_IMMEDIATE: Final = ("log_", "auto_explain.log_")
"""What PostgreSQL takes over while it runs, by how it begins."""


def _check(stack: Stack) -> Iterator[Violation]:
    for group in stack.resolved.resources(*_GROUPS):
        lifecycle = group.config.get("lifecycle")
        first = isinstance(lifecycle, dict) and lifecycle.get("create_before_destroy") is True
        if not first:
            message = "must be true: the database uses the group, so that it cannot go first"
            yield violation(group, "lifecycle.create_before_destroy", message)
        name, family = str(group.config.get("name", "")), str(group.config.get("family", ""))
        if family not in name and "name_prefix" not in group.config:
            message = f"must hold the family ({family}): two groups cannot have one name"
            yield violation(group, "name", message)
        for parameter in _list(group.config.get("parameter")):
            dynamic = str(parameter.get("name", "")).startswith(_IMMEDIATE)
            if dynamic and parameter.get("apply_method") == "pending-reboot":
                message = f"must apply {parameter['name']} immediately: otherwise it takes a reboot"
                yield violation(group, "parameter", message)


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


RULE: Final = Rule(
    id="replaceable-groups",
    title="Parameter groups can be replaced, and their logs are on at once",
    why="A change of the family fails while the group is in use; a log parameter that waits for "
    "a reboot waits for ever.",
    source_url="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
    check=_check,
)

"""Everything can be destroyed without a manual step [G3]."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.block import first
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

MUST_BE: Final[Mapping[str, Mapping[str, object]]] = {
    "aws_db_instance": {"skip_final_snapshot": True},
    "aws_ecr_repository": {"force_delete": True},
    "aws_rds_cluster": {"skip_final_snapshot": True},
    "aws_s3_bucket": {"force_destroy": True},
    "aws_secretsmanager_secret": {"recovery_window_in_days": 0},
}
"""What must be said, because the default keeps something."""
MUST_NOT_BE: Final = (
    "deletion_protection",
    "deletion_protection_enabled",
    "disable_api_termination",
    "enable_deletion_protection",
    "skip_destroy",
    "termination_protection",
)
"""What no resource may say."""


def _check(stack: Stack) -> Iterator[Violation]:
    for resource in stack.resolved.resources():
        if first(resource.config, "lifecycle", "prevent_destroy"):
            yield violation(resource, "lifecycle.prevent_destroy", "must not be set")
        for attribute, value in MUST_BE.get(resource.type, {}).items():
            found = resource.config.get(attribute)
            if type(found) is not type(value) or found != value:
                yield violation(resource, attribute, f"must be {value}, got {found}")
        for attribute in MUST_NOT_BE:
            found = resource.config.get(attribute)
            if found not in (None, False, "INACTIVE"):
                yield violation(resource, attribute, f"must be off, got {found}")
    for block in stack.body.get("removed", ()):
        if not first(block, "lifecycle", "destroy"):
            yield Violation(where="removed", message="must destroy what is removed, not forget it")


RULE: Final = Rule(
    id="destroyable",
    title="Everything can be destroyed in one command",
    why="An environment that cannot be destroyed is not rebuilt either, and drifts.",
    source_url="https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
    check=_check,
)

"""Roles that AWS makes for a service are not made here: an account has each of them once."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    for role in stack.resources("aws_iam_service_linked_role"):
        if not role.config.get("custom_suffix"):
            message = (
                "must be named by its ARN and made by `payctl bootstrap` where it is missing: "
                "an account that ever used the service has it, and refuses a second one"
            )
            yield violation(role, "aws_service_name", message)


RULE: Final = Rule(
    id="service-linked-roles",
    title="Service-linked roles are not resources of a stack",
    why="The first deployment fails in any account that ever used the service.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/"
    "id_roles_create-service-linked-role.html",
    suppressible=False,
    check=_check,
)

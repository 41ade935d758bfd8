"""Nobody adds a policy to a role by hand without Terraform removing it."""

from collections.abc import Iterator
from typing import Final

from audit.policy.block import companions
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

CLOSED_BY: Final = (
    "aws_iam_role_policies_exclusive",
    "aws_iam_role_policy_attachments_exclusive",
)


def _check(stack: Stack) -> Iterator[Violation]:
    for role in stack.resources("aws_iam_role"):
        for type_ in CLOSED_BY:
            if not any(companions(stack, type_, "role_name", role)):
                yield violation(role, "", f"must be closed by {type_}, is not")


RULE: Final = Rule(
    id="closed-roles",
    title="The policies of a role are exactly those in the code",
    why="A policy attached by hand shows in no plan unless the role is closed.",
    source_url="https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/"
    "iam_role_policies_exclusive",
    pci_dss=("7.2.5",),
    check=_check,
)

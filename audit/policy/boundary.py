"""Every role has the one permission boundary [P2]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Stack


def _check(stack: Stack) -> Iterator[Violation]:
    seen: dict[str, str] = {}
    for role in stack.resources("aws_iam_role"):
        boundary = role.config.get("permissions_boundary")
        if not boundary:
            yield violation(role, "permissions_boundary", "must be the boundary, is not set")
            continue
        seen.setdefault(str(boundary), role.address)
        known = {
            f"aws_iam_policy.{name}" for name in stack.body["resource"].get("aws_iam_policy", {})
        }
        if not {reference.address for reference in references(boundary)} & known:
            message = "must refer to the boundary of this stack, whose text can be audited"
            yield violation(role, "permissions_boundary", message)
    for boundary, address in list(seen.items())[1:]:
        yield Violation(
            where=address,
            path="permissions_boundary",
            message=f"must be the same for every role, is {boundary} here",
        )


RULE: Final = Rule(
    id="boundary",
    title="Every role has the one permission boundary",
    why="Without it a mistake in one role's policy opens the other environments.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    pci_dss=("7.2.5",),
    suppressible=False,
    check=_check,
)

"""A role that is given to a service allows what the service documents that it does with it."""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.access import access
from audit.relation.delivery import SENDING
from audit.relation.deployed import Deployed
from audit.relation.service_needs import KNOWN, given_roles
from audit.synthesized import Stack

_ROLE: Final = ("role", "role_arn")
"""How attributes are called that hand a role over."""


def _check(stack: Stack) -> Iterator[Violation]:
    permissions = access(stack)
    for given in given_roles(permissions.world):
        role = permissions.world.at(given.role, "aws_iam_role")
        if role is None:
            message = f"must be a role of this stack, which can be judged, got {given.role}"
            yield violation(given.to, given.path, message)
            continue
        missing = dict.fromkeys(
            need.action
            for need in given.needs
            if not permissions.role_may(role, need.action, need.on, {})
        )
        if missing:
            message = (
                f"{role.address} and its boundary must allow what the service does with it "
                f"wherever it does so, do not surely allow {', '.join(missing)}"
            )
            yield violation(given.to, given.path, message)
    yield from _unknown(permissions.world)


def _unknown(world: Deployed) -> Iterator[Violation]:
    """Yield resources that are given a role, and of which nobody knows what they do with it."""
    for resource in world.all:
        if resource.type in KNOWN | SENDING or resource.type.startswith("aws_iam_"):
            continue
        for attribute, value in resource.config.items():
            if attribute.endswith(_ROLE) and world.at(value, "aws_iam_role"):
                message = "must be of a type whose needs are known, to be judged"
                yield violation(resource, attribute, f"{message}: audit/relation/service_needs.py")


RULE: Final = Rule(
    id="service-roles",
    title="Roles allow what the service they are given to does",
    why="Some services check the role and refuse it; others stop without an error.",
    source_url="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    suppressible=False,
    check=_check,
)

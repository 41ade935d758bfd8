"""The role that a service takes allows what the service asks for, as its documentation lists it."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.iam.document import documents
from audit.iam.place import Role as PolicyRole
from audit.iam.statement import allowing
from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Resource, Stack

_NEEDS: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("aws_flow_log", "iam_role_arn"): frozenset(
        {
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:PutLogEvents",
        }
    ),
    ("aws_api_gateway_account", "cloudwatch_role_arn"): frozenset(
        {
            "logs:CreateLogGroup",
            "logs:CreateLogStream",
            "logs:DescribeLogGroups",
            "logs:DescribeLogStreams",
            "logs:FilterLogEvents",
            "logs:GetLogEvents",
            "logs:PutLogEvents",
        }
    ),
    ("aws_db_instance", "monitoring_role_arn"): frozenset(
        {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}
    ),
    ("aws_rds_cluster_instance", "monitoring_role_arn"): frozenset(
        {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}
    ),
}
"""By who takes a role, and where it says which: the actions that the service checks or needs.

Creating the log group is left to Terraform where the group is ours.
"""


def _check(stack: Stack) -> Iterator[Violation]:
    for (type_, attribute), needed in _NEEDS.items():
        for resource in stack.resources(type_):
            for reference in references(resource.config.get(attribute)):
                missing = sorted(needed - _allowed(stack, reference.address, needed))
                if reference.address.startswith("aws_iam_role.") and missing:
                    message = f"must allow {', '.join(missing)}: the service asks for it"
                    yield violation(resource, attribute, message)


def _allowed(stack: Stack, role: str, needed: frozenset[str]) -> frozenset[str]:
    statements = [
        statement
        for document in documents(stack, PolicyRole.IDENTITY)
        if _is_of(document.resource, role)
        for statement in allowing(document.readable)
    ]
    return frozenset(
        action for action in needed if any(one.covers_action(action) for one in statements)
    )


def _is_of(policy: Resource, role: str) -> bool:
    return any(one.address == role for one in references(policy.config.get("role")))


RULE: Final = Rule(
    id="service-roles",
    title="Roles of services allow what the services ask for",
    why="VPC and RDS check their role when it is handed to them, and refuse; API Gateway and the "
    "rest fall silent.",
    source_url="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html",
    check=_check,
)

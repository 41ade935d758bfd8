"""Permissions that are resources of their own: who may call a function, use a layer, send events.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from collections.abc import Iterator
from typing import Final

from audit.iam.condition import Condition
from audit.iam.narrowing import narrows
from audit.iam.own_arn import Home, written_out
from audit.iam.statement import Principal
from audit.iam.wildcard import is_everything
from audit.policy.rule import Violation, violation
from audit.synthesized import Resource, Stack

SOURCES: Final = {
    "source_arn": ("ArnLike", "aws:sourcearn"),
    "source_account": ("StringEquals", "aws:sourceaccount"),
    "principal_org_id": ("StringEquals", "aws:principalorgid"),
    "function_url_auth_type": ("StringEquals", "lambda:functionurlauthtype"),
}
"""The conditions that these resources know, as policies spell them."""
_OF_FUNCTIONS: Final = "aws_lambda_permission"
_OTHERS: Final = (
    "aws_cloudwatch_event_permission",
    "aws_glue_resource_policy",
    "aws_lambda_layer_version_permission",
    "aws_sqs_queue_permission",
)


def open_permissions(stack: Stack) -> Iterator[Violation]:
    """Yield the permissions that outsiders could use, themselves or through a service."""
    resolved, home = stack.resolved, Home.of(stack)
    for permission in resolved.resources(_OF_FUNCTIONS):
        conditions = [
            condition
            for condition in conditions_of(permission, resolved, home)
            if condition.key != "lambda:functionurlauthtype"
        ]
        if not any(map(narrows, conditions)) and not _is_signed_url(permission):
            message = (
                "must be limited by source_arn or source_account that name one account, "
                "any customer could call it"
            )
            yield violation(permission, "source_arn", message)
    for permission in resolved.resources(*_OTHERS):
        principal = str(permission.config.get("principal", ""))
        organization = permission.config.get("organization_id")
        if is_everything(principal) and not organization and not permission.config.get("condition"):
            yield violation(permission, "principal", "must not allow everybody")


def conditions_of(permission: Resource, stack: Stack, home: Home) -> Iterator[Condition]:
    """Yield what a permission asks of a request, as a policy's condition."""
    for attribute, (operator, key) in SOURCES.items():
        value = permission.config.get(attribute)
        if isinstance(value, str) and value:
            values = (written_out(value, stack, home),)
            yield Condition(operator=operator, key=key, values=values)


def principal_of(permission: Resource) -> Principal:
    """Return whom a permission lets in."""
    name = str(permission.config.get("principal", "*"))
    is_of_aws = is_everything(name) or name.isdigit() or name.startswith("arn:")
    return Principal(kind="AWS" if is_of_aws else "Service", name=name)


def _is_signed_url(permission: Resource) -> bool:
    """Tell whether it lets in one account or role, or signed requests of a function URL's own."""
    principal = principal_of(permission)
    return principal.kind == "AWS" and not is_everything(principal.name)

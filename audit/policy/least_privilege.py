"""No permission is wider than it must be [P1]."""

import re
from collections.abc import Iterator
from typing import Final

from audit.iam.actions import KNOW_NO_RESOURCE
from audit.iam.arn import Arn
from audit.iam.document import Document, documents
from audit.iam.narrowing import is_known
from audit.iam.own_arn import Home
from audit.iam.place import Role
from audit.iam.statement import Statement, allowing
from audit.iam.wildcard import is_everything, is_open
from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.synthesized import Stack
from audit.template import has_expression

ATTACHED: Final = {
    "aws_iam_group_policy_attachment": "policy_arn",
    "aws_iam_group_policy_attachments_exclusive": "policy_arns",
    "aws_iam_policy_attachment": "policy_arn",
    "aws_iam_role": "managed_policy_arns",
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_iam_role_policy_attachments_exclusive": "policy_arns",
    "aws_iam_user_policy_attachment": "policy_arn",
    "aws_iam_user_policy_attachments_exclusive": "policy_arns",
    "aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}
"""What gives somebody a policy that stands elsewhere, and where it says which."""
_OURS: Final = re.compile(r"(.*/)?payment-[^:/]*-[a-z0-9-]*[a-z0-9]([:/].*)?")
"""A pattern of names that says of which environment."""
_HANDING_ON: Final = "iam:passrole"


def _check(stack: Stack) -> Iterator[Violation]:
    home = Home.of(stack)
    logging = _logs_of_apis(stack)
    for document in documents(stack, Role.IDENTITY, Role.BOUNDARY):
        for statement in allowing(document.readable):
            if document.resource.address in logging and _is_about_logs(statement, home):
                continue
            for message in dict.fromkeys(_too_wide(document, statement, home)):
                yield violation(document.resource, document.path, message)
    own = {f"aws_iam_policy.{name}" for name in stack.body["resource"].get("aws_iam_policy", {})}
    for resource in stack.resolved.resources(*ATTACHED):
        attribute = ATTACHED[resource.type]
        given = resource.config.get(attribute)
        for arn in given if isinstance(given, list) else [given]:
            if arn and not {reference.address for reference in references(arn)} & own:
                message = f"must attach a policy of this stack, which is audited, attaches {arn}"
                yield violation(resource, attribute, message)


def _too_wide(document: Document, statement: Statement, home: Home) -> Iterator[str]:
    if statement.everything_but:
        yield "must list what is allowed, not what is not (NotAction, NotResource)"
    for action in statement.actions:
        if is_open(action) or has_expression(action):
            yield f"must name single actions, allows {action}"
    for resource in statement.resources:
        for action in statement.actions:
            yield from _too_wide_for(action.lower(), resource, document, home)
    if any(action.lower() == _HANDING_ON for action in statement.actions):
        services = [
            value
            for condition in statement.conditions
            if condition.names_values and condition.key == "iam:passedtoservice"
            for value in condition.values
        ]
        if not services or any(map(is_open, services)):
            yield "must say to which service iam:PassRole passes (iam:PassedToService), does not"


def _too_wide_for(action: str, resource: str, document: Document, home: Home) -> Iterator[str]:
    if is_everything(resource):
        if action not in KNOW_NO_RESOURCE:
            yield f"must name the ARNs for {action}, allows it on {resource}"
        return
    try:
        arn = Arn.parse(resource)
    except ValueError as error:
        yield f"must name what {action} is allowed on: {error}"
        return
    if not is_known(resource):
        yield f"must name for {action} what is known before Terraform runs, got {resource}"
    if is_open(arn.partition) or is_open(arn.service):
        yield f"must name partition and service for {action}, allows it on {resource}"
    if not arn.names_an_account:
        yield f"must name the account for {action}, allows it on {resource}"
    if not arn.names_a_region:
        yield f"must name the region for {action}, allows it on {resource}"
    yield from _too_many(action, arn, document, home)


def _too_many(action: str, arn: Arn, document: Document, home: Home) -> Iterator[str]:
    """Judge how many resources *arn* leaves open; a boundary bounds a whole kind of one account."""
    if action == _HANDING_ON:
        if is_open(arn.resource):
            yield f"must name the roles that may be passed, allows {arn}"
    elif arn.service == "s3" and not arn.account:
        bucket = arn.resource.split("/")[0]
        unique = document.role is Role.BOUNDARY and home.account in bucket
        if is_open(bucket) and not unique:
            yield f"must name the bucket for {action}, allows it on {arn}"
    elif document.role is Role.IDENTITY and action not in KNOW_NO_RESOURCE and _is_wide(arn):
        yield f"must name the resources for {action}, allows it on all of them: {arn}"


def _is_wide(arn: Arn) -> bool:
    """Tell whether nothing says which of its kind: `table/*`, `table/p*`, `function:*-a`.

    A name of ours, with its environment, is narrow; so is whatever is below one.
    """
    stem = re.sub(r"[:/][*?]+$", "", arn.name)
    return arn.is_every_one_of_its_kind or (is_open(stem) and not _OURS.fullmatch(stem))


def _logs_of_apis(stack: Stack) -> frozenset[str]:
    """Return the policies of the role with which API Gateway logs, of which an account has one.

    It writes for every API of the account, to groups that it makes itself:
    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
    """
    roles = {
        reference.address
        for account in stack.resources("aws_api_gateway_account")
        for reference in references(account.config.get("cloudwatch_role_arn"))
    }
    return frozenset(
        policy.address
        for policy in stack.resources("aws_iam_role_policy")
        if {reference.address for reference in references(policy.config.get("role"))} & roles
    )


def _is_about_logs(statement: Statement, home: Home) -> bool:
    groups = f"arn:aws:logs:{home.region}:{home.account}:log-group:*"
    return statement.resources == (groups,) and not any(map(is_open, statement.actions))


RULE: Final = Rule(
    id="least-privilege",
    title="Policies name single actions on single resources",
    why="What a function may do is what whoever takes it over may do.",
    source_url="https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    pci_dss=("7.2.5",),
    check=_check,
)

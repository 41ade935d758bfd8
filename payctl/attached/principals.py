"""Finds users, groups and roles of the account that reach our resources and are not in our code."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.change import Change, Class
from audit.iam.statement import Statement
from audit.iam.wildcard import covers
from payctl.access import Access
from payctl.attached.in_state import managed
from payctl.aws.refusal import asking

CALL: Final = "iam.get_account_authorization_details"
MADE_BY_AWS: Final = ("/aws-service-role/", "/aws-reserved/")
"""The paths of service-linked roles and of IAM Identity Center's roles."""

_KINDS: Final = {
    "UserDetailList": "UserPolicyList",
    "GroupDetailList": "GroupPolicyList",
    "RoleDetailList": "RolePolicyList",
}


@frozen(kw_only=True)
class _Principal:
    """A user, group or role, with every statement that allows it something."""

    arn: str
    statements: tuple[Statement, ...]


def reaching(
    access: Access, states: Iterable[Mapping[str, Any]], *, expected: Collection[str]
) -> Iterator[Change]:
    """Yield each principal whose policies allow an action on a resource in *states*.

    A principal in *states*, one whose ARN is *expected* (the roles that the settings name) and one
    that AWS makes is left out. Conditions, boundaries and organization policies are not considered:
    who might reach is listed.

    Raises:
        AccessError: When AWS refuses or does not answer.
    """
    if CALL in access.endpoint.unanswered:
        return
    arns = {
        str(one.attributes["arn"])
        for state in states
        for one in managed(state, account_id=access.account_id)
        if one.attributes.get("arn")
    }
    ours = sorted(arn for arn in arns if ":iam:" not in arn)
    with asking("read the policies of the account's users, groups and roles"):
        pages = access.client("iam").get_paginator("get_account_authorization_details").paginate()
        principals = list(_principals(list(pages)))
    for principal in principals:
        if principal.arn in arns or principal.arn in expected:
            continue
        found = next((arn for arn in ours if _reaches(principal, arn)), "")
        if found:
            yield Change(
                kind=Class.UNMANAGED, address=principal.arn, path="may act on", after=found
            )


def _principals(pages: Collection[Mapping[str, Any]]) -> Iterator[_Principal]:
    versions = {
        policy["Arn"]: version["Document"]
        for page in pages
        for policy in page.get("Policies", ())
        for version in policy.get("PolicyVersionList", ())
        if version.get("IsDefaultVersion")
    }
    for page in pages:
        for kind, inline in _KINDS.items():
            for detail in page.get(kind, ()):
                if detail.get("Path", "/").startswith(MADE_BY_AWS):
                    continue
                attached = (one["PolicyArn"] for one in detail.get("AttachedManagedPolicies", ()))
                documents = [
                    *(one["PolicyDocument"] for one in detail.get(inline, ())),
                    *(versions[arn] for arn in attached if arn in versions),
                ]
                yield _Principal(
                    arn=detail["Arn"],
                    statements=tuple(one for d in documents for one in _allowing(d)),
                )


def _allowing(document: Mapping[str, Any]) -> Iterator[Statement]:
    blocks = document.get("Statement", ())
    for block in blocks if isinstance(blocks, list) else [blocks]:
        statement = Statement.of(block)
        if statement.allows:
            yield statement


def _reaches(principal: _Principal, arn: str) -> bool:
    return any(
        _of_service(statement, arn.split(":")[2]) and _about(statement, arn)
        for statement in principal.statements
    )


def _of_service(statement: Statement, service: str) -> bool:
    """Tell whether *statement* allows any action of *service*; `NotAction` is taken to."""
    if statement.not_actions:
        return True
    return any(covers(one.partition(":")[0].lower(), service) for one in statement.actions)


def _about(statement: Statement, arn: str) -> bool:
    if statement.not_resources:
        return not any(covers(pattern, arn) for pattern in statement.not_resources)
    return any(
        covers(pattern, arn) or covers(pattern, f"{arn}/x") for pattern in statement.resources
    )

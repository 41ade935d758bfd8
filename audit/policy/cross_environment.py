"""Nothing in one environment may reach into another, or into a foreign account [P2]."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from audit.address import leaves
from audit.iam.actions import KNOW_NO_RESOURCE
from audit.iam.arn import Arn, accounts
from audit.iam.document import Document, documents
from audit.iam.narrowing import narrows
from audit.iam.own_arn import Home
from audit.iam.place import Role
from audit.iam.statement import Statement, allowing
from audit.iam.wildcard import covers, is_everything, is_open, overlaps
from audit.policy.bucket_owner import foreign_buckets
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack
from model.names import PREFIX

_PEERS: Final = ("deployment_peer_account_ids", "deployment_earlier_state_buckets")
"""Locals that name other environments in order to keep away from them, or to compare with them."""
_OF_ORGANIZATIONS: Final = frozenset(
    {"aws:principalorgid", "aws:principalorgpaths", "aws:sourceorgid", "aws:sourceorgpaths"}
)
_ROLE: Final = re.compile(r"arn:aws:iam::(\d{12}):role/[\w+=,.@/-]+")


def _check(stack: Stack) -> Iterator[Violation]:
    if _is_of_an_environment(stack):
        yield from _of_stack(stack, frozenset({Home.of(stack).account}))


def _check_together(stacks: Mapping[str, Stack]) -> Iterator[Violation]:
    """Judge the stacks of no environment: a pipeline may become roles of environments alone."""
    known = {Home.of(stack).account for stack in stacks.values()}
    for stack in stacks.values():
        if not _is_of_an_environment(stack):
            yield from _of_stack(stack, frozenset({Home.of(stack).account}), frozenset(known))


def _is_of_an_environment(stack: Stack) -> bool:
    return "identity_account_id" in stack.locals or "identity_name" in stack.locals


def _of_stack(
    stack: Stack, own: frozenset[str], roles_in: frozenset[str] = frozenset()
) -> Iterator[Violation]:
    yield from foreign_buckets(stack)
    written = set[str]()
    for document in documents(stack):
        written.add(f"{document.resource.address} {document.path}")
        for statement in allowing(document.readable):
            for text in _foreign(document, statement, stack, own, roles_in):
                message = f"must not allow what belongs to another environment or account: {text}"
                yield violation(document.resource, document.path, message)
    for where, path, value in _values(stack):
        if f"{where} {path}" not in written and _others_in(value, own, roles_in):
            message = f"must not name another account: {value}"
            yield Violation(where=where, path=path, message=message)


def _values(stack: Stack) -> Iterator[tuple[str, str, object]]:
    """Yield every value of resources and of locals, with where it is."""
    for resource in stack.resolved.resources():
        for path, value in leaves(resource.config):
            yield resource.address, path, value
    for name, local in stack.resolved_locals.items():
        if name not in _PEERS:
            for path, value in leaves(local):
                yield f"local.{name}", path, value


def _others_in(value: object, own: frozenset[str], roles_in: frozenset[str]) -> list[str]:
    """Return the accounts in *value* that are neither *own* nor of a role in *roles_in*."""
    if not isinstance(value, str):
        return []
    role = _ROLE.fullmatch(value)
    if role and role.group(1) in roles_in:
        return []
    return [account for account in accounts(value) if account not in own]


def _foreign(
    document: Document,
    statement: Statement,
    stack: Stack,
    own: frozenset[str],
    roles_in: frozenset[str],
) -> Iterator[str]:
    """Yield what an allowing statement lets in or reaches that is of another account."""
    texts = [
        *statement.resources,
        *(principal.name for principal in statement.principals),
        *(value for condition in statement.conditions for value in condition.values),
    ]
    yield from dict.fromkeys(text for text in texts if _others_in(text, own, roles_in))
    for principal in statement.principals:
        if principal.kind == "CanonicalUser" and "${aws_" not in principal.name:
            yield f"the canonical user {principal.name}"
    if document.role is not Role.ENDPOINT and _is_for_an_organization(statement):
        yield "everybody of an organization, where the other environments are as well"
    if document.role in (Role.IDENTITY, Role.BOUNDARY):
        of_no_resource = all(action.lower() in KNOW_NO_RESOURCE for action in statement.actions)
        for resource in statement.resources:
            if not (of_no_resource and is_everything(resource)) and _reaches_peers(resource, stack):
                yield resource


def _is_for_an_organization(statement: Statement) -> bool:
    """Tell whether everybody is narrowed to an organization, and to no account in it."""
    narrowing = {condition.key for condition in statement.conditions if narrows(condition)}
    return statement.is_for_everybody and bool(narrowing) and narrowing <= _OF_ORGANIZATIONS


def _reaches_peers(resource: str, stack: Stack) -> bool:
    """Tell whether a pattern matches what a peer has, by its account or, in S3, by its name."""
    peers = [str(account) for account in stack.locals.get("deployment_peer_account_ids", ())]
    names = [str(name) for name in stack.locals.get("deployment_peer_names", ())]
    try:
        arn = Arn.parse(resource)
    except ValueError:
        return False  # `policy-documents` and `least-privilege` say what it is.
    if arn.service == "s3" and not arn.account and is_open(arn.resource.split("/")[0]):
        return any(
            overlaps(arn.resource.split("/")[0], f"{PREFIX}-*-{name}-{peer}")
            for name, peer in zip(names, peers, strict=False)
        )
    if any(overlaps(arn.account, peer) for peer in peers if arn.account):
        return True
    return not is_open(arn.resource.split("/")[0]) and any(
        covers(pattern, arn.resource)
        for name in names
        for pattern in (f"*{PREFIX}-*-{name}", f"*{PREFIX}-*-{name}/*", f"*{PREFIX}-*-{name}-*")
    )


RULE: Final = Rule(
    id="cross-environment",
    title="No environment allows access to or from another",
    why="A leak in dev must not reach payments in prod.",
    source_url="https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/"
    "sec_securely_operate_multi_accounts.html",
    pci_dss=("6.5.3",),
    suppressible=False,
    check=_check,
    check_together=_check_together,
)

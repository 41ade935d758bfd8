"""What one environment has: who may ask, what may be asked, and who is let in."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import Factory, evolve, frozen

from audit.iam.document import Document, documents
from audit.iam.own_arn import SHAPES, Home, arn_of, written_out
from audit.iam.place import PLACES, Role
from audit.iam.statement import Principal, Statement
from audit.policy.invoker import conditions_of, principal_of
from audit.reference import references
from audit.synthesized import Resource, Stack

_IDENTITIES: Final = {"aws_iam_role": "role", "aws_iam_user": "user"}
_ATTACHMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_iam_policy_attachment": ("roles", "users"),
    "aws_iam_role_policy_attachment": ("role",),
    "aws_iam_role_policy_attachments_exclusive": ("role_name",),
    "aws_iam_user_policy_attachment": ("user",),
    "aws_iam_user_policy_attachments_exclusive": ("user_name",),
}
"""What gives somebody a policy that stands elsewhere, and where it says whom."""
_MEMBERSHIPS: Final = ("aws_iam_group_membership", "aws_iam_user_group_membership")
"""Groups are not followed: a user of one may be allowed everything."""
_EVERYTHING: Final = Statement(allows=True, actions=("*",), resources=("*",))


@frozen(kw_only=True)
class Asking:
    """A principal that is declared.

    Attributes:
        allowed: Its identity policies, by the address of each.

        boundary: What bounds it; None where nothing does.
    """

    address: str
    arn: str
    allowed: Mapping[str, tuple[Statement, ...]]
    boundary: tuple[Statement, ...] | None


@frozen(kw_only=True)
class Lets:
    """Statements that belong to resources, and let others in.

    Attributes:
        targets: The ARNs they are about; empty for all of the account.

        is_trust: Whether they are of a role, which services take for its own account alone.
    """

    address: str
    targets: tuple[str, ...]
    statements: tuple[Statement, ...]
    is_trust: bool = False


@frozen(kw_only=True)
class Side:
    """One environment.

    Attributes:
        unreadable: Policies that nobody can read: nothing is proved about them.
    """

    name: str
    account: str
    asking: tuple[Asking, ...]
    resources: tuple[str, ...]
    lets: tuple[Lets, ...]
    unreadable: tuple[str, ...] = Factory(tuple)

    @classmethod
    def of(cls, name: str, stacks: Iterable[Stack]) -> "Side":
        """Return the environment that *stacks* make together."""
        stacks = tuple(stacks)
        found = [document for stack in stacks for document in documents(stack)]
        return cls(
            name=name,
            account=Home.of(stacks[0]).account,
            asking=tuple(one for stack in stacks for one in _asking(stack)),
            resources=tuple(dict.fromkeys(arn for stack in stacks for arn in _arns(stack))),
            lets=tuple(one for stack in stacks for one in _lets(stack)),
            unreadable=tuple(
                f"{one.resource.address}.{one.path}" for one in found if one.statements is None
            ),
        )


def sides(stacks: Iterable[Stack]) -> dict[str, Side]:
    """Return the environments of *stacks*, by name; what is of no environment is left out."""
    grouped: dict[str, list[Stack]] = {}
    for stack in stacks:
        name = stack.resolved_locals.get("identity_name")
        ending = stack.resolved_locals.get("deployment_name", name)
        if name is not None:
            grouped.setdefault(str(ending), []).append(stack)
    return {name: Side.of(name, together) for name, together in grouped.items()}


def _arns(stack: Stack) -> Iterator[str]:
    home, resolved = Home.of(stack), stack.resolved
    for resource in resolved.resources(*SHAPES):
        yield written_out(arn_of(resource, home) or "", resolved, home)


def _asking(stack: Stack) -> Iterator[Asking]:
    home, resolved = Home.of(stack), stack.resolved
    by_address = {document.resource.address: document for document in documents(stack)}
    identity = list(documents(stack, Role.IDENTITY))
    for resource in resolved.resources(*_IDENTITIES):
        allowed: dict[str, tuple[Statement, ...]] = {}
        for document in identity:
            if document.resource.address == resource.address or _names(document, resource):
                address = document.resource.address
                allowed[address] = (*allowed.get(address, ()), *document.readable)
        for attachment in resolved.resources(*_ATTACHMENTS):
            attributes = _ATTACHMENTS[attachment.type]
            if any(_is_of(attachment, attribute, resource) for attribute in attributes):
                allowed[attachment.address] = tuple(_attached(attachment, by_address))
        if resource.type == "aws_iam_user":
            for membership in resolved.resources(*_MEMBERSHIPS):
                allowed[membership.address] = (_EVERYTHING,)
        if resource.config.get("managed_policy_arns"):
            allowed[f"{resource.address}.managed_policy_arns"] = (_EVERYTHING,)
        yield Asking(
            address=resource.address,
            arn=written_out(arn_of(resource, home) or "", resolved, home),
            allowed=allowed,
            boundary=_boundary(resource, by_address),
        )


def _names(document: Document, identity: Resource) -> bool:
    """Tell whether an inline policy belongs to *identity*."""
    return document.resource.type == f"{identity.type}_policy" and _is_of(
        document.resource, _IDENTITIES[identity.type], identity
    )


def _is_of(other: Resource, attribute: str, identity: Resource) -> bool:
    value = other.config.get(attribute)
    by_reference = any(one.address == identity.address for one in references(value))
    names = value if isinstance(value, list) else [value]
    return by_reference or (value is not None and identity.config.get("name") in names)


def _attached(attachment: Resource, known: Mapping[str, Document]) -> Iterator[Statement]:
    """Yield what is attached; a policy that stands elsewhere may allow everything."""
    given = attachment.config.get("policy_arns", [attachment.config.get("policy_arn")])
    for arn in given if isinstance(given, list) else [given]:
        found = [known[one.address] for one in references(arn) if one.address in known]
        for document in found:
            yield from document.readable
        if not found:
            yield _EVERYTHING


def _boundary(resource: Resource, known: Mapping[str, Document]) -> tuple[Statement, ...] | None:
    """Return the boundary of *resource*; one that nobody can read bounds nothing."""
    for reference in references(resource.config.get("permissions_boundary")):
        if reference.address in known:
            return known[reference.address].statements
    return None


def _lets(stack: Stack) -> Iterator[Lets]:
    home, resolved = Home.of(stack), stack.resolved
    for document in documents(stack, Role.RESOURCE, Role.TRUST):
        yield Lets(
            address=document.resource.address,
            targets=_targets(document.resource, resolved, home),
            statements=tuple(_completed(one, document) for one in document.readable),
            is_trust=document.role is Role.TRUST,
        )
    for permission in resolved.resources("aws_lambda_permission"):
        action = str(permission.config.get("action", "lambda:InvokeFunction"))
        statement = Statement(
            allows=True,
            actions=(action,),
            resources=("*",),
            principals=(principal_of(permission),),
            conditions=tuple(conditions_of(permission, resolved, home)),
        )
        yield _let(permission, statement, resolved, home)
    for grant in resolved.resources("aws_kms_grant"):
        name = written_out(str(grant.config.get("grantee_principal", "*")), resolved, home)
        operations = grant.config.get("operations") or ["*"]
        statement = Statement(
            allows=True,
            actions=tuple(f"kms:{operation}" for operation in operations),
            resources=("*",),
            principals=(Principal(kind="AWS", name=name),),
        )
        yield _let(grant, statement, resolved, home)


def _let(resource: Resource, statement: Statement, stack: Stack, home: Home) -> Lets:
    return Lets(
        address=resource.address,
        targets=_targets(resource, stack, home),
        statements=(statement,),
    )


def _completed(statement: Statement, document: Document) -> Statement:
    """Return a statement of a resource that may name no resource with `*`: it is the one."""
    named = statement.elements & {"Resource", "NotResource"}
    whole = not named or document.place.service == "kms"
    return evolve(statement, resources=("*",)) if whole else statement


def _targets(resource: Resource, stack: Stack, home: Home) -> tuple[str, ...]:
    """Return the ARNs that the policy in *resource* is about."""
    own = arn_of(resource, home)
    if own is not None:
        return (written_out(own, stack, home),)
    policies = {place.path[0] for place in PLACES.get(resource.type, ())}
    about = {key: value for key, value in resource.config.items() if key not in policies}
    found: list[str] = []
    for reference in references({k: about[k] for k in about if k not in _NOT_ABOUT}):
        type_, _, name = reference.address.partition(".")
        config = stack.body.get("resource", {}).get(type_, {}).get(name)
        arn = arn_of(Resource(type=type_, name=name, config=config), home) if config else None
        if arn:
            found.append(written_out(arn, stack, home))
    return tuple(dict.fromkeys(found))


_NOT_ABOUT: Final = ("depends_on", "source_arn", "source_account", "principal", "grantee_principal")

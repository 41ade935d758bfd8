"""Nothing is open to everybody [S1]."""

from collections.abc import Iterator
from typing import Final

from audit.iam.document import Document, documents
from audit.iam.narrowing import narrows
from audit.iam.place import Role
from audit.iam.statement import Statement, allowing
from audit.policy.companion import belonging
from audit.policy.exposure import exposed
from audit.policy.invoker import open_permissions
from audit.policy.principal_trust import unnamed
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

BLOCKS: Final = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)
_OF_BUCKETS: Final = ("aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block")
_PRINCIPAL: Final = "aws:principalarn"


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _buckets(stack.resolved)
    for document in documents(stack, Role.RESOURCE, Role.TRUST, Role.ENDPOINT):
        for statement in allowing(document.readable):
            for message in dict.fromkeys(unnamed(document, statement)):
                yield violation(document.resource, document.path, message)
    for document in _trusts_of_accounts(stack):
        if not all(_names_roles(one) for one in document.readable if _is_of_account(one)):
            message = "must name the roles of the account in a condition, trusts all of them"
            yield violation(document.resource, document.path, message)
    yield from exposed(stack.resolved)
    yield from open_permissions(stack)


def _buckets(stack: Stack) -> Iterator[Violation]:
    for bucket in stack.resources("aws_s3_bucket"):
        if not any(belonging(stack, "aws_s3_bucket_public_access_block", "bucket", bucket)):
            yield violation(bucket, "", "must have an aws_s3_bucket_public_access_block, has none")
    for block in stack.resources(*_OF_BUCKETS):
        for attribute in BLOCKS:
            if block.config.get(attribute) is not True:
                yield violation(block, attribute, "must be true")


def _trusts_of_accounts(stack: Stack) -> Iterator[Document]:
    """Yield the trust policies in which an account stands for roles that may not exist yet."""
    for document in documents(stack, Role.TRUST):
        if any(_is_of_account(statement) for statement in document.readable):
            yield document


def _is_of_account(statement: Statement) -> bool:
    return statement.allows and any(one.is_whole_account for one in statement.principals)


def _names_roles(statement: Statement) -> bool:
    """Tell whether a condition says which roles; a wildcard in it says none."""
    return any(
        condition.key == _PRINCIPAL and narrows(condition) and "*" not in "".join(condition.values)
        for condition in statement.conditions
    )


def _roles_for_accounts(stack: Stack) -> Iterator[Resource]:
    return (document.resource for document in _trusts_of_accounts(stack))


RULE: Final = Rule(
    id="public-access",
    title="Nothing is open to everybody",
    why="A bucket or function that anybody can reach is the most common leak.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "access-control-block-public-access.html",
    pci_dss=("1.4.4",),
    suppressible=False,
    answers={"CKV_AWS_61": _roles_for_accounts},
    check=_check,
)

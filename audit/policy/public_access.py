"""Nothing is open to everybody [S1]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.block import companions
from audit.policy.document import Document, Statement, documents
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

BLOCKS: Final = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)
NARROWED_BY: Final = frozenset({"source_arn", "source_account", "principal_org_id"})
_BY_NAME: Final = ("ArnEquals", "StringEquals")


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _buckets(stack.resolved)
    yield from _policies(stack)
    for document in _trusts_of_accounts(stack):
        if not all(_names_roles(one) for one in document.readable if _is_of_account(one)):
            message = "must name the roles of the account in a condition, trusts all of them"
            yield violation(document.resource, document.path, message)
    yield from _endpoints(stack.resolved)


def _buckets(stack: Stack) -> Iterator[Violation]:
    for bucket in stack.resources("aws_s3_bucket"):
        access = list(companions(stack, "aws_s3_bucket_public_access_block", "bucket", bucket))
        if not access:
            yield violation(bucket, "", "must have an aws_s3_bucket_public_access_block, has none")
        for block in access:
            for attribute in BLOCKS:
                if block.config.get(attribute) is not True:
                    yield violation(block, attribute, "must be true")


def _policies(stack: Stack) -> Iterator[Violation]:
    for document in documents(stack):
        for statement in document.readable:
            if statement.allows and "*" in statement.principals and not statement.conditions:
                message = "must not allow everybody without a condition"
                yield violation(document.resource, document.path, message)


def _trusts_of_accounts(stack: Stack) -> Iterator[Document]:
    """Yield the trust policies in which an account stands for roles that may not exist yet."""
    for document in documents(stack, "aws_iam_role"):
        if any(_is_of_account(statement) for statement in document.readable):
            yield document


def _is_of_account(statement: Statement) -> bool:
    return statement.allows and any(one.endswith(":root") for one in statement.principals)


def _names_roles(statement: Statement) -> bool:
    """Tell whether a condition says which roles; a wildcard in it says none."""
    named = [statement.conditions.get(by, {}).get("aws:PrincipalArn") for by in _BY_NAME]
    return any(named) and "*" not in str(named)


def _endpoints(stack: Stack) -> Iterator[Violation]:
    for resource in stack.resources():
        if resource.config.get("publicly_accessible") not in (None, False):
            yield violation(resource, "publicly_accessible", "must be false")
    for url in stack.resources("aws_lambda_function_url"):
        if url.config.get("authorization_type") != "AWS_IAM":
            yield violation(url, "authorization_type", "must be AWS_IAM")
    for permission in stack.resources("aws_lambda_permission"):
        if not NARROWED_BY & permission.config.keys():
            message = "must be limited by source_arn or source_account, any customer could call it"
            yield violation(permission, "source_arn", message)


def _roles_for_accounts(stack: Stack) -> Iterator[Resource]:
    return (document.resource for document in _trusts_of_accounts(stack))


RULE: Final = Rule(
    id="public-access",
    title="Nothing is open to everybody",
    why="A bucket or function that strangers reach is the commonest leak there is.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "access-control-block-public-access.html",
    pci_dss=("1.4.4",),
    suppressible=False,
    answers={"CKV_AWS_61": _roles_for_accounts},
    check=_check,
)

"""Nothing is open to everybody [S1]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.block import companions
from audit.policy.document import documents
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

BLOCKS: Final = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)
NARROWED_BY: Final = frozenset({"source_arn", "source_account", "principal_org_id"})


def _check(stack: Stack) -> Iterator[Violation]:
    yield from _buckets(stack.resolved)
    yield from _policies(stack)
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


RULE: Final = Rule(
    id="public-access",
    title="Nothing is open to everybody",
    why="A bucket or function that strangers reach is the commonest leak there is.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "access-control-block-public-access.html",
    pci_dss="1.4.4",
    suppressible=False,
    check=_check,
)

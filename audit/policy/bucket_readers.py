"""Every reader of a bucket is let in by the bucket.

In its own account a role needs no statement in the bucket's policy, but may be denied by it. The
rule `key-users` checks the key, and `foreign-state` readers from other accounts.
"""

from collections.abc import Iterator
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.relation.access import access
from audit.synthesized import Stack

_READS: Final = ("s3:GetObject", "s3:GetObjectVersion")


def _check(stack: Stack) -> Iterator[Violation]:
    """Yield roles that their own policies let read a bucket, whose policy denies it."""
    permissions = access(stack)
    world = permissions.world
    for bucket in world.resources("aws_s3_bucket"):
        for role in world.resources("aws_iam_role"):
            for action in _READS:
                for place in permissions.granted_on(role, action, world.arn(bucket)):
                    if permissions.is_denied(role, action, place, bucket):
                        message = f"must let {role.address} {action}, as its own policy does"
                        yield violation(bucket, "policy", message)


RULE: Final = Rule(
    id="bucket-readers",
    title="Whoever reads a bucket is let in by the bucket",
    why="S3 answers 403, whatever the policies of the reader allow.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "access-policy-language-overview.html",
    suppressible=False,
    check=_check,
)

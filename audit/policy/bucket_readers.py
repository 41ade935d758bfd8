"""Every reader of a bucket is allowed by the bucket and by its key, also from another account.

In its own account a role needs no word of the bucket's policy, but may be denied by it. From
another account it needs one of both: permission by the bucket, and by the key of its objects.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.block import first
from audit.expression import expanded
from audit.iam.own_arn import Home
from audit.policy.rule import Rule, Violation, violation
from audit.relation.access import Access, access
from audit.relation.request import Request
from audit.synthesized import Resource, Stack

_READS: Final = ("s3:GetObject", "s3:GetObjectVersion")
_KEY: Final = ("rule", "apply_server_side_encryption_by_default", "kms_master_key_id")


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


def _check_together(stacks: Mapping[str, Stack]) -> Iterator[Violation]:
    """Yield states of other accounts that a stack reads and may not."""
    owners = {
        str(bucket.config.get("bucket")): (permissions, bucket)
        for permissions in map(access, stacks.values())
        for bucket in permissions.world.resources("aws_s3_bucket")
    }
    for stack in stacks.values():
        reader = Home.of(stack).account
        for name, config in stack.body.get("data", {}).get("terraform_remote_state", {}).items():
            where = f"data.terraform_remote_state.{name}"
            for place in _places(stack, config):
                bucket = str(place.get("bucket"))
                key = str(place.get("key"))
                if bucket not in owners:
                    if reader in bucket and "${" not in bucket:
                        continue  # The reader's own, of a stack that is not here.
                    message = f"must read a bucket whose policy is here to judge, got {bucket}"
                    yield Violation(where=where, path="config.bucket", message=message)
                elif not _may_read(*owners[bucket], reader, key):
                    message = (
                        f"must be allowed by {bucket} and by its key, which are of another "
                        f"account than the reader ({reader}); is not surely"
                    )
                    yield Violation(where=where, path="config.bucket", message=message)


def _places(stack: Stack, config: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield where a data source looks, once for each that there is of it."""
    count = expanded(config.get("count", 1), stack.locals)
    for index in range(count if isinstance(count, int) else 1):
        place = _with_index(config.get("config") or {}, index)
        found = expanded(place, stack.locals)
        yield found if isinstance(found, dict) else {}


def _with_index(value: Any, index: int) -> Any:
    if isinstance(value, dict):
        return {key: _with_index(below, index) for key, below in value.items()}
    return value.replace("count.index", str(index)) if isinstance(value, str) else value


def _may_read(permissions: Access, bucket: Resource, reader: str, key: str) -> bool:
    world = permissions.world
    if world.home.account == reader:
        return True
    callers = frozenset({reader, f"arn:aws:iam::{reader}:root"})
    told = {"aws:securetransport": "true", "aws:principalaccount": reader}
    arn = world.arn(bucket)
    by_bucket = all(
        Request(callers=callers, action=action, resource=on, context=told).is_allowed_by(
            permissions.said_by(bucket)
        )
        for action, on in (("s3:GetObject", f"{arn}/{key}"), ("s3:ListBucket", arn))
    )
    return by_bucket and all(
        Request(
            callers=callers, action="kms:Decrypt", resource=world.arn(own), context=told
        ).is_allowed_by(permissions.said_by(own))
        for own in _keys(permissions, bucket)
    )


def _keys(permissions: Access, bucket: Resource) -> Iterator[Resource]:
    world = permissions.world
    for one in world.resources("aws_s3_bucket_server_side_encryption_configuration"):
        if world.at(one.config.get("bucket"), "aws_s3_bucket") is bucket:
            key = world.at(first(one.config, *_KEY), "aws_kms_key")
            if key is not None:
                yield key


RULE: Final = Rule(
    id="bucket-readers",
    title="Whoever reads a bucket is allowed by the bucket and its key",
    why="A plan that reads another account's state fails with 403 before it plans anything.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "access-policy-language-overview.html",
    suppressible=False,
    check=_check,
    check_together=_check_together,
)

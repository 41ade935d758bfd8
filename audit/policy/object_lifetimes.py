"""Every object outlives its use: no lifecycle rule takes away what the code puts or reads."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.block import blocks
from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import Deployed, deployed
from audit.relation.lifecycle import lifecycle_of
from audit.synthesized import Resource, Stack

_OBJECTS: Final = ("aws_s3_object", "aws_s3_bucket_object", "aws_s3_object_copy")
_CODE: Final = ("aws_lambda_function", "aws_lambda_layer_version")
_NOT_READABLE: Final = frozenset({"GLACIER", "DEEP_ARCHIVE"})
"""Classes from which nobody reads without asking for it hours before."""


@frozen(kw_only=True, eq=False)
class Used:
    """An object that must be there.

    Attributes:
        size_bytes: None where the text does not tell.
    """

    by: Resource
    path: str
    bucket: object
    key: object
    tags: Mapping[str, Any] = {}
    size_bytes: int | None = None


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for used in _used(world):
        bucket = world.at(used.bucket, "aws_s3_bucket")
        for rule in lifecycle_of(world, bucket) if bucket else ():
            if not rule.is_about(used.key, used.tags, used.size_bytes):
                continue
            if rule.expiry_days is not None:
                message = f"must not expire, {rule.said_at.address} takes it after "
                yield violation(used.by, used.path, f"{message}{rule.expiry_days} days")
            for days, class_ in rule.transitions:
                if class_ in _NOT_READABLE and used.by.type not in _OBJECTS:
                    message = f"must stay readable, {rule.said_at.address} moves it to {class_}"
                    yield violation(used.by, used.path, f"{message} after {days} days")


def _used(world: Deployed) -> Iterator[Used]:
    for it in world.resources(*_OBJECTS):
        content = it.config.get("content")
        yield Used(
            by=it,
            path="key",
            bucket=it.config.get("bucket"),
            key=it.config.get("key"),
            tags=it.config.get("tags") or {},
            size_bytes=len(content.encode()) if isinstance(content, str) else None,
        )
    for it in world.resources(*_CODE):
        if it.config.get("s3_bucket"):
            bucket, key = it.config["s3_bucket"], it.config.get("s3_key")
            yield Used(by=it, path="s3_key", bucket=bucket, key=key)
    for it in world.resources("aws_codebuild_project"):
        for source in blocks(it.config, "source"):
            if source.get("type") == "S3":
                bucket, _, key = str(source.get("location")).partition("/")
                yield Used(by=it, path="source", bucket=bucket, key=key)
    for it in world.resources("aws_codepipeline"):
        for action in blocks(it.config, "stage", "action"):
            place = action.get("configuration") or {}
            if action.get("provider") == "S3" and action.get("category") == "Source":
                bucket, key = place.get("S3Bucket"), place.get("S3ObjectKey")
                yield Used(by=it, path="stage", bucket=bucket, key=key)


RULE: Final = Rule(
    id="object-lifetimes",
    title="Every object outlives its use",
    why="What expires is gone from the bucket and planned anew, and who reads it fails.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    suppressible=False,
    check=_check,
)

"""A pipeline is started by an event, not by asking every minute: AWS stops asking after 30 days."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.block import blocks
from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import Deployed, deployed
from audit.synthesized import Resource, Stack

_POLLED: Final = {"S3": "PollForSourceChanges", "CodeCommit": "PollForSourceChanges"}


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for pipeline in world.resources("aws_codepipeline"):
        for action in blocks(pipeline.config, "stage", "action"):
            provider = str(action.get("provider"))
            if action.get("category") != "Source" or provider not in _POLLED:
                continue
            place = action.get("configuration") or {}
            if str(place.get(_POLLED[provider], "true")).lower() != "false":
                message = f"must set {_POLLED[provider]} to false, or AWS asks, for 30 days"
                yield violation(pipeline, "stage", message)
            if provider == "S3":
                yield from _events(world, pipeline, place)


def _events(world: Deployed, pipeline: Resource, place: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield what keeps a new object from starting *pipeline*."""
    bucket = world.at(place.get("S3Bucket"), "aws_s3_bucket")
    if bucket is None:
        yield violation(pipeline, "stage", "must take its source from a bucket of this stack")
        return
    if not any(
        world.at(one.config.get("bucket"), "aws_s3_bucket") is bucket
        and one.config.get("eventbridge") is True
        for one in world.resources("aws_s3_bucket_notification")
    ):
        yield violation(bucket, "", "must send its events to EventBridge, a pipeline waits for one")
    key = str(place.get("S3ObjectKey"))
    if not any(_starts(world, target, pipeline, bucket, key) for target in _targets(world)):
        message = f"must be the target of a rule for new objects {key}, is not"
        yield violation(pipeline, "", message)


def _targets(world: Deployed) -> Iterator[Resource]:
    yield from world.resources("aws_cloudwatch_event_target")


def _starts(
    world: Deployed, target: Resource, pipeline: Resource, bucket: Resource, key: str
) -> bool:
    """Tell whether *target* starts *pipeline* for new objects *key* of *bucket*."""
    rule = world.at(target.config.get("rule"), "aws_cloudwatch_event_rule")
    if rule is None or world.at(target.config.get("arn"), "aws_codepipeline") is not pipeline:
        return False
    try:
        pattern = json.loads(str(rule.config.get("event_pattern")))
        detail = pattern["detail"]
        return (
            rule.config.get("state", "ENABLED") == "ENABLED"
            and pattern["source"] == ["aws.s3"]
            and "Object Created" in pattern["detail-type"]
            and world.at(detail["bucket"]["name"][0], "aws_s3_bucket") is bucket
            and key in detail["object"]["key"]
        )
    except (ValueError, KeyError, TypeError, IndexError):
        return False


RULE: Final = Rule(
    id="pipeline-sources",
    title="Pipelines are started by events",
    why="AWS switches polling off where nothing changed for 30 days: then nothing is deployed.",
    source_url="https://docs.aws.amazon.com/codepipeline/latest/userguide/"
    "update-change-detection.html",
    check=_check,
)

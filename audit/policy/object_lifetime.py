"""An object of ours is not expired by the lifecycle of its bucket."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.policy.companion import is_attribute_of
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

_ENDS: Final = ("expiration", "noncurrent_version_expiration")


def _check(stack: Stack) -> Iterator[Violation]:
    resolved = stack.resolved
    for item in resolved.resources("aws_s3_object"):
        for rules in resolved.resources("aws_s3_bucket_lifecycle_configuration"):
            if not _of_one_bucket(resolved, item, rules):
                continue
            for rule in _list(rules.config.get("rule")):
                if any(rule.get(end) for end in _ENDS) and _matches(rule, item):
                    message = (
                        f"must not be expired by the rule {rule.get('id')!r} of {rules.address}: "
                        "it is gone then, and planned anew for ever"
                    )
                    yield violation(item, "key", message)


def _of_one_bucket(stack: Stack, item: Resource, rules: Resource) -> bool:
    buckets = [bucket.address for bucket in stack.resources("aws_s3_bucket")]
    places = item.config.get("bucket"), rules.config.get("bucket")
    shared = (all(is_attribute_of(place, one) for place in places) for one in buckets)
    return places[0] == places[1] or any(shared)


def _matches(rule: Mapping[str, Any], item: Resource) -> bool:
    """Tell whether *rule* may expire *item*; what cannot be told apart is taken to match."""
    content, key = item.config.get("content"), str(item.config.get("key", ""))
    for block in _list(rule.get("filter")):
        narrow = {**block, **next(iter(_list(block.get("and"))), {})}
        prefix, smallest = narrow.get("prefix") or "", narrow.get("object_size_greater_than")
        if not key.startswith(str(prefix)) and "${" not in f"{key}{prefix}":
            return False
        if isinstance(smallest, int) and isinstance(content, str) and "${" not in content:
            return len(content.encode()) > smallest
    return True


def _list(value: object) -> list[dict[str, Any]]:
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


RULE: Final = Rule(
    id="object-lifetime",
    title="An object that a stack keeps is not expired by its bucket",
    why="A folder marker under a lifecycle rule is gone after 30 days: every plan makes it again, "
    "and what has drifted is not promoted.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html",
    check=_check,
)

"""What happens to the objects of a bucket with time, whichever resource says so."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from attrs import frozen

from audit.block import blocks, first
from audit.relation.deployed import Deployed
from audit.synthesized import Resource

Days = int | float | str | None


@frozen(kw_only=True, eq=False)
class LifecycleRule:
    """One rule that is on.

    Attributes:
        said_at: The resource that has it.

        prefix: Which keys it is about, by their beginning.

        tags: Which tags an object must have.

        larger_than_bytes, smaller_than_bytes: Which sizes it is about, both ends left out; None
            for all.

        expiry_days: After how many days, or on which day, objects go; None for never.

        transitions: After how many days they move to which class of storage.

        noncurrent: The same for versions that are no longer the current one.
    """

    said_at: Resource
    path: str
    prefix: str
    tags: Mapping[str, str]
    larger_than_bytes: object
    smaller_than_bytes: object
    expiry_days: object
    transitions: tuple[tuple[object, str], ...]
    noncurrent_expiry_days: object
    noncurrent_transitions: tuple[tuple[object, str], ...]

    @classmethod
    def of(cls, said_at: Resource, path: str, rule: Mapping[str, Any]) -> Self:
        """Read one rule, in either of the two spellings that the provider has had."""
        filters = [
            rule,
            *blocks(rule, "filter"),
            *blocks(rule, "filter", "and"),
        ]
        tags = {str(key): str(value) for one in filters for key, value in _tags(one)}
        return cls(
            said_at=said_at,
            path=path,
            prefix=str(_one_of(filters, "prefix") or ""),
            tags=tags,
            larger_than_bytes=_one_of(filters, "object_size_greater_than"),
            smaller_than_bytes=_one_of(filters, "object_size_less_than"),
            expiry_days=first(rule, "expiration", "days") or first(rule, "expiration", "date"),
            transitions=_moves(rule, "transition", "days"),
            noncurrent_expiry_days=_noncurrent(rule, "noncurrent_version_expiration"),
            noncurrent_transitions=_moves(rule, "noncurrent_version_transition", "noncurrent_days"),
        )

    def is_about(self, key: object, tags: Mapping[str, Any], size_bytes: int | None) -> bool:
        """Tell whether it may be about an object; a size that is not known may be any."""
        if not isinstance(key, str) or "${" in key + self.prefix:
            return True
        apart = size_bytes is not None and not self._takes(size_bytes)
        tagged = all(str(tags.get(name)) == value for name, value in self.tags.items())
        return key.startswith(self.prefix) and tagged and not apart

    def _takes(self, size_bytes: int) -> bool:
        """Tell whether it may be about objects of a size; what is no number limits nothing."""
        least, most = self.larger_than_bytes, self.smaller_than_bytes
        too_small = isinstance(least, int | float) and size_bytes <= least
        too_large = isinstance(most, int | float) and size_bytes >= most
        return not too_small and not too_large

    def meets(self, other: "LifecycleRule") -> bool:
        """Tell whether some object may be what both rules are about; sizes are not compared."""
        return self.prefix.startswith(other.prefix) or other.prefix.startswith(self.prefix)


def lifecycle_of(world: Deployed, bucket: Resource) -> Iterator[LifecycleRule]:
    """Yield the rules of a bucket that are on."""
    for rule in blocks(bucket.config, "lifecycle_rule"):
        if rule.get("enabled") is not False:
            yield LifecycleRule.of(bucket, "lifecycle_rule", rule)
    for one in world.resources("aws_s3_bucket_lifecycle_configuration"):
        if world.at(one.config.get("bucket"), "aws_s3_bucket") is bucket:
            for rule in blocks(one.config, "rule"):
                if rule.get("status") != "Disabled":
                    yield LifecycleRule.of(one, "rule", rule)


def _one_of(filters: list[Mapping[str, Any]], name: str) -> object:
    return next((one[name] for one in filters if one.get(name) not in (None, "")), None)


def _tags(block: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    yield from (block.get("tags") or {}).items()
    for tag in blocks(block, "tag"):
        yield tag.get("key"), tag.get("value")


def _moves(rule: Mapping[str, Any], block: str, days: str) -> tuple[tuple[object, str], ...]:
    return tuple(
        (one.get(days, one.get("days", 0)), str(one.get("storage_class")))
        for one in blocks(rule, block)
    )


def _noncurrent(rule: Mapping[str, Any], block: str) -> object:
    return first(rule, block, "noncurrent_days") or first(rule, block, "days")

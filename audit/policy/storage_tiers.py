"""What a lifecycle declares takes effect: later than what comes before, and on objects it can move.

S3 leaves objects below 128 KiB where they are unless a rule says otherwise; Intelligent-Tiering
never moves them. A class of storage bills a least number of days, however early an object goes.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from audit.finding import Severity
from audit.policy.rule import Rule, Violation, violation
from audit.relation.deployed import deployed
from audit.relation.lifecycle import LifecycleRule, lifecycle_of
from audit.synthesized import Stack

BILLED_DAYS: Final = {
    "DEEP_ARCHIVE": 180,
    "GLACIER": 90,
    "GLACIER_IR": 90,
    "ONEZONE_IA": 30,
    "STANDARD_IA": 30,
}
"""The least number of days that a class bills."""
_FIRST_DAY: Final = {"ONEZONE_IA": 30, "STANDARD_IA": 30}
"""The first day on which S3 moves anything to a class."""
_SMALLEST_BYTES: Final = 128 * 1024
_TAKE_SMALL_ONES: Final = ("GLACIER", "DEEP_ARCHIVE")


def _check(stack: Stack) -> Iterator[Violation]:
    world = deployed(stack)
    for bucket in world.resources("aws_s3_bucket"):
        rules = list(lifecycle_of(world, bucket))
        for rule in rules:
            for class_ in _never_moved(rule):
                message = (
                    f"must be about objects of 128 KiB and more (object_size_greater_than), S3 "
                    f"moves no smaller ones to {class_}, got {rule.larger_than_bytes}"
                )
                yield violation(rule.said_at, rule.path, message)
            meeting = [other for other in rules if rule.meets(other)]
            expiry = _first(other.expiry_days for other in meeting)
            yield from _in_order(rule, rule.transitions, expiry)
            expiry = _first(other.noncurrent_expiry_days for other in meeting)
            yield from _in_order(rule, rule.noncurrent_transitions, expiry)


def _first(days: Iterable[object]) -> object:
    """Return the earliest expiry; what is no number stays, to be reported."""
    found = [one for one in days if one is not None]
    numbers = [one for one in found if isinstance(one, int | float)]
    if len(numbers) < len(found):
        return next(one for one in found if not isinstance(one, int | float))
    return min(numbers, default=None)


def _never_moved(rule: LifecycleRule) -> Iterator[str]:
    """Yield the classes to which a rule promises to move what S3 does not move."""
    size = rule.larger_than_bytes
    if isinstance(size, int | float) and size >= _SMALLEST_BYTES:
        return
    default = rule.said_at.config.get("transition_default_minimum_object_size")
    for _, class_ in (*rule.transitions, *rule.noncurrent_transitions):
        if default != "varies_by_storage_class" or class_ not in _TAKE_SMALL_ONES:
            yield class_


def _in_order(
    rule: LifecycleRule, transitions: tuple[tuple[object, str], ...], expiry: object
) -> Iterator[Violation]:
    """Yield what comes too early, or costs more than leaving it out."""
    for days, class_ in transitions:
        if not isinstance(days, int | float) or not isinstance(expiry, int | float | None):
            message = f"must be numbers of days, got {days} to {class_} and {expiry} to expiry"
            yield violation(rule.said_at, rule.path, message)
            continue
        if days < _FIRST_DAY.get(class_, 0):
            message = f"must move to {class_} after {_FIRST_DAY[class_]} days or more, got {days}"
            yield violation(rule.said_at, rule.path, message)
        if expiry is None:
            continue
        if expiry <= days:
            message = f"must expire after the move to {class_} on day {days}, does on {expiry}"
            yield violation(rule.said_at, rule.path, message)
        elif expiry < days + BILLED_DAYS.get(class_, 0):
            least = BILLED_DAYS[class_]
            message = (
                f"must keep what it moves to {class_} for the {least} days that are billed: day "
                f"{days} + {least} = {days + least}, but it expires on day {expiry}"
            )
            costly = violation(rule.said_at, rule.path, message)
            yield evolve(costly, severity=Severity.WARNING)


RULE: Final = Rule(
    id="storage-tiers",
    title="Lifecycle rules do what they say",
    why="S3 takes rules that move nothing, and bills days that an object no longer exists.",
    source_url="https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
    "lifecycle-transition-general-considerations.html",
    check=_check,
)

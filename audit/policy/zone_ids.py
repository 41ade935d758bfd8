"""Zones are named by ids, which mean the same zone in every account."""

from collections.abc import Iterator
from typing import Final

from audit.address import leaves
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

_BY_LETTER: Final = frozenset({"availability_zone", "availability_zones"})


def _check(stack: Stack) -> Iterator[Violation]:
    for resource in stack.resources():
        found = {path for path, _ in leaves(resource.config) if _BY_LETTER & set(_names(path))}
        for path in sorted(found):
            message = "must be given as the id of a zone: letters are shuffled for each account"
            yield violation(resource, path, message)


def _names(path: str) -> list[str]:
    return [part.partition("[")[0] for part in path.split(".")]


RULE: Final = Rule(
    id="zone-ids",
    title="Availability zones are named by their ids",
    why="us-east-1a is another zone in each account: two environments, or two networks that are to "
    "be close, are not where they seem, and one may be in a zone without Lambda.",
    source_url="https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
    check=_check,
)

"""Every taggable resource says what it belongs to [G1]."""

from collections.abc import Iterator
from typing import Final

from audit.policy.not_taggable import NOT_TAGGABLE
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

KEYS: Final = ("environment", "team", "owner", "costcenter", "dataclassification", "project")
"""How platforms spell them differs in capitals and hyphens."""


def _check(stack: Stack) -> Iterator[Violation]:
    for resource in stack.resolved.resources():
        if resource.type in NOT_TAGGABLE:
            continue
        tags = resource.config.get("tags")
        tags = tags if isinstance(tags, dict) else {}
        spelled = {"".join(filter(str.isalnum, key)).lower(): str(v) for key, v in tags.items()}
        missing = [key for key in KEYS if not spelled.get(key)]
        if missing:
            yield violation(resource, "tags", f"must have all six tags, lacks {', '.join(missing)}")
        environment = stack.locals.get("identity_name")
        if environment and spelled.get("environment") not in (environment, None):
            yield violation(resource, "tags", "must name the environment it is in")


RULE: Final = Rule(
    id="tags",
    title="Every taggable resource has the six tags",
    why="What has no owner and no cost centre is found by nobody; tags that come from the provider "
    "alone hide a change made by hand.",
    source_url="https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/",
    pci_dss=("12.5.1",),
    check=_check,
)

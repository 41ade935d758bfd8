"""How cdktf makes Terraform's names: logical ids, and attributes from properties."""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import md5
from typing import Final

_HIDDEN: Final = "Default"
_HIDDEN_FROM_HUMANS: Final = "Resource"
_HASH_LENGTH: Final = 8
_LONGEST_HUMAN_PART: Final = 240
_LONGEST: Final = 255
_DISALLOWED: Final = re.compile(r"[^A-Za-z0-9_-]")
_AT_THE_ENDS: Final = re.compile(r"^[^A-Za-z0-9]*|[^A-Za-z0-9]*$")
_HUMP: Final = re.compile(r"([a-z0-9])([A-Z])")
_BETWEEN: Final = re.compile(r"[^A-Za-z0-9]+|_+")


def logical_id(ids: Sequence[str]) -> str:
    """Return the name of the element whose construct ids below its stack are *ids*."""
    components = [id_ for id_ in ids if id_ != _HIDDEN]
    if len(components) == 1:
        alone = _DISALLOWED.sub("", components[0])
        if len(alone) <= _LONGEST:
            return alone
    path = "/".join(components).encode()
    digest = md5(path, usedforsecurity=False).hexdigest()[:_HASH_LENGTH].upper()
    human: list[str] = []
    for component in components:
        if not (human and human[-1].endswith(component)):
            human.append(component)
    words = [_DISALLOWED.sub("", word) for word in human if word != _HIDDEN_FROM_HUMANS]
    return f"{'_'.join(words)[:_LONGEST_HUMAN_PART]}_{digest}"


@cache
def snake_case(name: str) -> str:
    """Return `visibility_timeout_seconds` for `visibilityTimeoutSeconds`, as cdktf does."""
    trimmed = _AT_THE_ENDS.sub("", name)
    humps = _HUMP.sub(lambda found: f"{found[1]}_{found[2].lower()}", trimmed)
    return _BETWEEN.sub("_", humps).lower()


_DIGIT_THEN_WORD: Final = re.compile(
    r"^(s3|lexv2|route53)_"
    r"(?=(control|domains|models|outposts|profiles|recoverycontrolconfig|recoveryreadiness|tables)_)"
)
"""Where the bindings' modules divide what Terraform's types write as one word."""


def resource_type(module: str) -> str:
    """Return `aws_sqs_queue` for the bindings' module `sqs_queue` or `data_aws_sqs_queue`."""
    name = module.rpartition(".")[2].removeprefix("data_aws_")
    return "aws_" + _DIGIT_THEN_WORD.sub(r"\1", name)

"""What resources are called in a template."""

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from audit.synthesized import Resource


@frozen(kw_only=True)
class Instance:
    """One instance of a resource.

    Attributes:
        index: Which of its `count` it is, None where there is none.

        config: Its configuration, evaluated.
    """

    resource: Resource
    index: int | None
    config: Mapping[str, Any]

    @property
    def logical_id(self) -> str:
        """What the template calls it."""
        return logical_id(self.resource, self.index)


def logical_id(resource: Resource, index: int | None) -> str:
    """Return what the template calls an instance of *resource*: letters and digits."""
    words = re.findall(r"[A-Za-z0-9]+", f"{resource.type.removeprefix('aws_')}_{resource.name}")
    name = "".join(word[0].upper() + word[1:] for word in words)
    return name if index is None else f"{name}I{index}"

"""What a stack tells people and other stacks."""

from collections.abc import Mapping
from typing import Protocol

from cdktf import TerraformOutput

from constructs_lib.context import Context


class Part(Protocol):
    """A part of a stack that has something to tell."""

    @property
    def outputs(self) -> Mapping[str, object]:
        """The values, by the names of their outputs."""


def declare_outputs(context: Context, *parts: Part | None) -> None:
    """Declare the outputs of those *parts* that the platform has [A5]."""
    for part in filter(None, parts):
        for name, value in part.outputs.items():
            TerraformOutput(context.stack, name, static_id=True, value=value)

"""Tells a deploy that it is alone: on an emulator there is neither a database nor another state."""

from typing import Final

from cdktf import TerraformStack, TerraformVariable

_NAME: Final = "standalone"


def unless_standalone(stack: TerraformStack, count: str) -> str:
    """Return the Terraform expression *count*, or 0 where the variable `standalone` is set.

    It decides about what a deploy calls and reads, never about what it makes.
    """
    if stack.node.try_find_child(_NAME) is None:
        variable = TerraformVariable(
            stack,
            _NAME,
            type="bool",
            default=False,
            nullable=False,
            description="True on an emulator only: nothing to migrate, no peers to compare with.",
        )
        variable.override_logical_id(_NAME)
    return f"${{var.{_NAME} ? 0 : {count}}}"

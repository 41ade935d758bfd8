"""What a deploy calls and reads, and may leave out where it is not there: on an emulator."""

from cdktf import TerraformStack, TerraformVariable


def switched(stack: TerraformStack, name: str, *, count: str, description: str) -> str:
    """Return the Terraform expression *count*, or 0 where the variable *name* is false.

    A switch decides about what a deploy does, never about what it makes; it is on by default.
    """
    variable = TerraformVariable(
        stack, name, type="bool", default=True, nullable=False, description=description
    )
    variable.override_logical_id(name)
    return f"${{var.{name} ? {count} : 0}}"

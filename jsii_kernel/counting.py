"""`TerraformCount`: how many of a resource there are."""

from collections.abc import Sequence
from typing import Any

from jsii_kernel.errors import outside
from jsii_kernel.expressions import Reference
from jsii_kernel.tokens import number_of


class Count:
    """A number of instances, and a way to ask for the index of one.

    Attributes:
        value: The number, a token as a rule.
    """

    interfaces = None

    def __init__(self, value: object) -> None:
        self.value = value

    @property
    def ref(self) -> str:
        """The name by which the bindings file their object."""
        return f"cdktf.TerraformCount@{id(self)}"

    def get(self, member: str) -> object:
        """Return the index of an instance.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        if member == "index":
            return number_of(Reference("count.index"))
        return outside(f"TerraformCount.{member}")

    def set(self, member: str, value: object) -> None:
        """Refuse."""
        outside(f"TerraformCount.{member} =")

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Refuse."""
        return outside(f"TerraformCount.{member}()")

"""Elements: whatever has a name, an address and overrides in the Terraform of a stack."""

from collections.abc import Sequence
from typing import Any, Final

from jsii_kernel.constructs import Construct
from jsii_kernel.errors import outside
from jsii_kernel.expressions import Reference
from jsii_kernel.merging import add_override
from jsii_kernel.names import logical_id
from jsii_kernel.tokens import has_tokens, string_of
from jsii_kernel.values import untyped

_LISTS_OF_OVERRIDES: Final = "overrides"


class Element(Construct):
    """Something with a name in Terraform.

    Attributes:
        overrides: What `addOverride` put over it.
    """

    prefix = ""

    def __init__(self, holder: Any, scope: Construct, id_: str) -> None:
        super().__init__(holder, scope, id_)
        if has_tokens(id_):
            outside(f"a token in the id {id_!r}")
        self.overrides: dict[str, Any] = {}
        self.stack = stack_of(self)
        self._name: str | None = None
        self._own_name: str | None = None
        self._fqn: str | None = None

    @property
    def name(self) -> str:
        """Terraform's name for it; asking fixes it."""
        if self._name is None:
            ids = [s.id for s in self.scopes[len(self.stack.scopes) :]]
            self._name = self._own_name or logical_id(ids)
        return self._name

    @property
    def fqn(self) -> str:
        """A token of its address."""
        if self._fqn is None:
            if not self.prefix:
                self.refuse("fqn")
            self._fqn = string_of(self.reference())
        return self._fqn

    def reference(self, rest: str = "") -> Reference:
        """Return the expression of its address, or of what is behind it."""
        return Reference(f"{self.prefix}.{self.name}{rest}", self.stack)

    def to_terraform(self) -> dict[str, Any]:
        """Return what is written for it, tokens and all."""
        return {}

    def metadata(self) -> dict[str, Any]:
        """Return what the comment of the stack says of it."""
        return {}

    def overridden(self, kind: str) -> dict[str, Any]:
        """Return the comment that lists the overrides under *kind*."""
        return {_LISTS_OF_OVERRIDES: {kind: list(self.overrides)}} if self.overrides else {}

    def comment(self) -> dict[str, Any]:
        """Return the comment of the element."""
        return {"metadata": {"path": self.path, "uniqueId": self.name}}

    def get(self, member: str) -> object:
        """Return the value of a property."""
        match member:
            case "fqn":
                return self.fqn
            case "friendlyUniqueId":
                return self.name
            case "cdktfStack":
                return self.stack
        return super().get(member)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case "addOverride", [str(path), value]:
                add_override(self.overrides, path, untyped(value))
                return None
            case "overrideLogicalId", [str(name)] if self._fqn is None:
                self._own_name = name
                return None
            case "resetOverrideLogicalId", [] if self._fqn is None:
                self._own_name = None
                return None
        return super().invoke(member, arguments)


def stack_of(construct: Construct) -> Construct:
    """Return the stack that *construct* is in.

    Raises:
        OutsideOfKernelError: It is in none.
    """
    for scope in reversed(construct.scopes):
        if getattr(scope, "is_stack", False):
            return scope
    return outside(f"{construct.path}, which is in no stack")

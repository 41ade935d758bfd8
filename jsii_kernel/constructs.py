"""The tree of constructs: who is below whom, and under which name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from jsii_kernel.errors import outside
from jsii_kernel.javascript import items

_SEPARATORS: Final = str.maketrans({"/": "--", "\n": "--"})


class Construct:
    """What the kernel knows of a construct; the bindings' object holds it as its reference.

    Attributes:
        holder: The bindings' object.

        scopes: The constructs from the root to this one.
    """

    interfaces = None

    def __init__(self, holder: Any, scope: Construct | None, id_: str) -> None:
        self.holder = holder
        self.scope = scope
        self.id = id_.translate(_SEPARATORS)
        self.by_id: dict[str, Construct] = {}
        self.scopes: tuple[Construct, ...] = (self,)
        if scope is not None:
            if not self.id or self.id in scope.by_id:
                outside(f"the id {self.id!r}, which is taken or empty")
            scope.by_id[self.id] = self
            self.scopes = (*scope.scopes, self)

    @property
    def ref(self) -> str:
        """The name by which the bindings file their object."""
        return f"{type(self).__name__}@{id(self)}"

    @property
    def path(self) -> str:
        """The ids from the root to here."""
        return "/".join(scope.id for scope in self.scopes if scope.id)

    def children(self) -> Iterator[Construct]:
        """Yield what is directly below, in JavaScript's order."""
        return (child for _, child in items(self.by_id))

    def all(self) -> Iterator[Construct]:
        """Yield this and all below."""
        yield self
        for child in self.children():
            yield from child.all()

    def get(self, member: str) -> object:
        """Return the value of a property.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        if member == "node":
            return Node(self)
        return self.refuse(member)

    def set(self, member: str, value: object) -> None:
        """Set a property.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        self.refuse(f"{member} =")

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        if member == "toString":
            return self.path or "<root>"
        return self.refuse(f"{member}()")

    def refuse(self, member: str) -> object:
        """Leave *member* to the stock kernel.

        Raises:
            OutsideOfKernelError: Always.
        """
        return outside(f"{type(self.holder).__name__}.{member}")


class Node:
    """A construct seen as a place in the tree; the bindings have an object of its own for it."""

    interfaces = None

    def __init__(self, construct: Construct) -> None:
        self.construct = construct

    @property
    def ref(self) -> str:
        """The name by which the bindings file their object."""
        return f"constructs.Node@{id(self.construct)}"

    def get(self, member: str) -> object:
        """Return the value of a property.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        construct = self.construct
        match member:
            case "id":
                return construct.id
            case "path":
                return construct.path
            case "scope":
                return construct.scope
            case "scopes":
                return list(construct.scopes)
            case "children":
                return list(construct.children())
            case "root":
                return construct.scopes[0]
        return construct.refuse(f"node.{member}")

    def set(self, member: str, value: object) -> None:
        """Refuse."""
        self.construct.set(f"node.{member}", value)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        match member, arguments:
            case "findAll", [None]:
                return list(self.construct.all())
            case (("tryFindChild" | "findChild"), [str(id_)]):
                child = self.construct.by_id.get(id_.translate(_SEPARATORS))
                if child is not None or member == "tryFindChild":
                    return child
            case "addDependency", _:
                return None  # cdktf orders stacks and resources by other means.
        return self.construct.refuse(f"node.{member}()")

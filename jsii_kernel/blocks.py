"""Blocks of resources, read as attributes: objects, lists of them, and maps."""

from collections.abc import Sequence
from typing import Any, Final

from jsii_kernel.attributes import GUISES, OF_SETS, Holder, properties
from jsii_kernel.errors import outside
from jsii_kernel.expressions import Access, Call, Intrinsic
from jsii_kernel.guises import ATTRIBUTE, Guise, itself
from jsii_kernel.provider import PREFIX, facts, is_set, terraform_name
from jsii_kernel.tokens import Resolvable, list_of, number_of, string_of

_MAPS: Final[dict[str, Guise]] = {
    "cdktf.AnyMap": itself,
    "cdktf.BooleanMap": itself,
    "cdktf.NumberMap": number_of,
    "cdktf.StringMap": string_of,
}
_INPUTS: Final = ("Input", "internalValue")


class Block(Resolvable):
    """What is at one place of a resource; as a value it is that place's expression.

    Args:
        class_: Its class in the bindings.

        holder: What it is a block of.

        name: The block's name.
    """

    interfaces = None

    def __init__(self, class_: Any, holder: Holder, name: str) -> None:
        self._class = class_
        self._holder = holder
        self._name = name
        self._fqn: str | None = None

    @property
    def ref(self) -> str:
        """The name by which the bindings file their object."""
        return f"{self._class.__jsii_type__}@{id(self)}"

    def place(self) -> Resolvable:
        """Return the expression of the block."""
        return self._holder.at(self._name)

    def resolve(self, scope: object, *, bare: bool, raw: bool) -> tuple[object, bool]:
        """Return the token of the place."""
        return self._place(), bare

    def get(self, member: str) -> object:
        """Return the value of a property.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        return self._place() if member == "fqn" else self.refuse(member)

    def set(self, member: str, value: object) -> None:
        """Refuse: what is given is given to the resource."""
        self.refuse(f"{member} =")

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method.

        Raises:
            OutsideOfKernelError: It is not on the list.
        """
        return string_of(self) if member == "toString" else self.refuse(f"{member}()")

    def refuse(self, member: str) -> object:
        """Leave *member* to the stock kernel.

        Raises:
            OutsideOfKernelError: Always.
        """
        return outside(f"{self._class.__name__}.{member}")

    def _place(self) -> str:
        if self._fqn is None:
            self._fqn = string_of(self.place())
        return self._fqn


class ObjectBlock(Block):
    """A block with attributes.

    Args:
        index: Its place in the list of such blocks, None where there is no list.

        of_set: Terraform has a set where the bindings have the list.
    """

    def __init__(
        self, class_: Any, holder: Holder, name: str, *, index: object, of_set: bool
    ) -> None:
        super().__init__(class_, holder, name)
        self._index = index
        self._of_set = of_set

    def at(self, path: str) -> Resolvable:
        """Return the expression of what is at *path* within the block."""
        if self._of_set:
            return Access(list_of(self._as_list()), [self._index, path])
        return self._holder.at(f"{self._indexed()}.{path}")

    def place(self) -> Resolvable:
        """Return the expression of the block."""
        if self._of_set:
            return Access(list_of(self._as_list()), [self._index])
        return self._holder.at(self._indexed())

    def get(self, member: str) -> object:
        """Return the value of a property."""
        if member in properties(self._class) and not member.endswith(_INPUTS):
            return read(self._class, self, member)
        return super().get(member)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case _, [str(attribute)] if guise := ATTRIBUTE.get(member):
                return guise(self.at(attribute))
        return super().invoke(member, arguments)

    def _as_list(self) -> Call:
        return Call("tolist", [self._holder.at(self._name)])

    def _indexed(self) -> str:
        return self._name if self._index is None else f"{self._name}[{_text(self._index)}]"


class ListBlock(Block):
    """A list of blocks."""

    def __init__(self, class_: Any, holder: Holder, name: str, *, of_set: bool) -> None:
        super().__init__(class_, holder, name)
        self._of_set = of_set

    def place(self) -> Resolvable:
        """Return the expression of the list."""
        place = self._holder.at(self._name)
        if self._of_set:
            return Intrinsic(list_of(Call("tolist", [place])))
        return place

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case "get", [int() | float() as index]:
                item = _item_class(self._class)
                block = ObjectBlock(
                    item, self._holder, self._name, index=index, of_set=self._of_set
                )
                return _bound(item, block)
        return super().invoke(member, arguments)


class MapBlock(Block):
    """A map that is worked out by AWS."""

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case "lookup", [str(key)]:
                place = self._holder.at(f'{self._name}["{key}"]')
                return _MAPS[self._class.__jsii_type__](place)
        return super().invoke(member, arguments)


def read(class_: Any, holder: Holder, property_: str) -> object:
    """Return an attribute of *holder* in the guise that the bindings of *class_* promise.

    Raises:
        OutsideOfKernelError: It is nothing like an attribute.
    """
    declared = properties(class_)[property_]
    name = terraform_name(property_)
    guise = GUISES.get(declared.annotation)
    if guise is None:
        of_set = is_set(facts().set_blocks, class_.__jsii_type__, property_)
        return _block(declared.bound_class(), holder, name, of_set=of_set)
    if guise in OF_SETS and is_set(facts().set_attributes, class_.__jsii_type__, property_):
        return guise(Call("tolist", [list_of(holder.at(name))]))
    return guise(holder.at(name))


def _block(class_: Any, holder: Holder, name: str, *, of_set: bool) -> object:
    """Return the object of the bindings for the block *name* of *holder*.

    Raises:
        OutsideOfKernelError: The class is of another kind.
    """
    bases = {vars(base).get("__jsii_type__") for base in class_.__mro__}
    if class_.__jsii_type__ in _MAPS:
        return _bound(class_, MapBlock(class_, holder, name))
    if "cdktf.ComplexList" in bases:
        return _bound(class_, ListBlock(class_, holder, name, of_set=of_set))
    if "cdktf.ComplexObject" in bases:
        alone = class_.__jsii_type__.removeprefix(PREFIX) in facts().blocks_without_index
        index = None if alone else 0
        return _bound(class_, ObjectBlock(class_, holder, name, index=index, of_set=False))
    return outside(f"a property of type {class_.__name__}")


def _bound(class_: Any, block: Block) -> object:
    bound = class_.__new__(class_)
    bound.__jsii_ref__ = block
    return bound


def _item_class(class_: Any) -> Any:
    name = class_.get.__annotations__["return"].strip("\"'")
    return class_.get.__globals__[name]


def _text(index: object) -> str:
    """Return *index* as JavaScript puts it into a string: one that Terraform works out is lost."""
    if isinstance(index, int):
        return str(index)
    return outside("an index of a block that is no literal")

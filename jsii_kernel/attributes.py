"""What the properties of the provider's classes are: attributes, blocks, and what was given."""

import importlib
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Protocol

from attrs import frozen

from jsii_kernel import guises
from jsii_kernel.errors import outside
from jsii_kernel.tokens import (
    Resolvable,
    list_of,
    number_list_of,
    number_of,
    string_of,
)

_BEYOND: Final = frozenset(
    {
        "cdktf.ComplexList",
        "cdktf.ComplexObject",
        "cdktf.TerraformDataSource",
        "cdktf.TerraformResource",
    }
)
_TRUTHS: Final = (
    "IResolvable",
    "_cdktf_9a9027ec.IResolvable",
    "typing.Union[builtins.bool, _cdktf_9a9027ec.IResolvable]",
)
GUISES: Final[dict[str, guises.Guise]] = {
    "builtins.str": string_of,
    "jsii.Number": number_of,
    "typing.List[builtins.str]": list_of,
    "typing.List[jsii.Number]": number_list_of,
    "typing.Mapping[builtins.str, builtins.str]": guises.string_map_of,
    "typing.Mapping[builtins.str, jsii.Number]": guises.number_map_of,
    "typing.Mapping[builtins.str, typing.Any]": guises.any_map_of,
    **dict.fromkeys(_TRUTHS, guises.itself),
}
"""The guise of an attribute by the annotation of its property."""

OF_SETS: Final = (list_of, number_list_of)
"""The guises that an attribute may have which is a set in Terraform."""


class Holder(Protocol):
    """What has attributes: a resource, a data source, or a block of one."""

    def at(self, path: str) -> Resolvable:
        """Return the expression of what is at *path* within it."""


@frozen
class Property:
    """A property of a class of the bindings.

    Attributes:
        annotation: Its type, as text.

        module: Where the names of the annotation are known.
    """

    annotation: str
    module: str

    def bound_class(self) -> Any:
        """Return the class of the bindings that the property is an instance of.

        Raises:
            OutsideOfKernelError: It is none of a block.
        """
        name = self.annotation.strip("\"'")
        module = "cdktf" if name.startswith("_cdktf") else self.module
        found = getattr(importlib.import_module(module), name.rpartition(".")[2], None)
        return found if found is not None else outside(f"a property of type {self.annotation}")


@cache
def properties(class_: Any) -> Mapping[str, Property]:
    """Return the properties that the bindings declare for *class_*, by their jsii name."""
    found: dict[str, Property] = {}
    for base in class_.__mro__:
        if vars(base).get("__jsii_type__") in _BEYOND:
            break
        for item in vars(base).values():
            getter = getattr(item, "fget", None)
            name = getattr(getter, "__jsii_name__", None)
            if name is not None:
                annotation = getter.__annotations__["return"]
                found.setdefault(name, Property(annotation, getter.__module__))
    return found

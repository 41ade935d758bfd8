"""Turns what the bindings pass into plain values, and checks it against their annotations."""

from typing import Any, Final

from attrs import define, field

from jsii_kernel.annotations import accepts
from jsii_kernel.errors import outside
from jsii_kernel.javascript import NULL
from jsii_kernel.names import snake_case
from jsii_kernel.provider import facts, terraform_name
from jsii_kernel.tokens import Resolvable

_RECORD: Final = "__jsii_ref__"


@define(eq=False)
class Struct:
    """A value class of the bindings with its plain fields.

    Attributes:
        origin: The bindings' object.

        fields: What was given, by the property's name in JavaScript.
    """

    origin: Any
    fields: dict[str, Any] = field(factory=dict)

    def by_property(self) -> dict[str, Any]:
        """Return the fields as JavaScript sees them, where cdktf does not know the class."""
        return {name: untyped(value) for name, value in self.fields.items()}

    def by_argument(self, but: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Return the fields, except *but*, by the name of Terraform's argument."""
        written = {
            terraform_name(name): typed(value)
            for name, value in self.fields.items()
            if name not in but
        }
        if type(self.origin).__name__ in facts().written_with_nulls:
            every = type(self.origin).__jsii_name_mapping__.values()
            return {terraform_name(name): NULL for name in every} | written
        return written


def plain(value: object) -> Any:
    """Return *value*, which came through the bindings, in terms of this kernel.

    Raises:
        OutsideOfKernelError: It is nothing that we know.
    """
    match value:
        case None | bool() | Resolvable():
            return value
        case str():
            return str.__str__(value)
        case int():
            return int.__int__(value)
        case float():
            return float.__float__(value)
        case list():
            return [plain(item) for item in value]
        case dict():
            if not all(isinstance(key, str) for key in value):
                outside("a map whose keys are no strings")
            return {str.__str__(key): plain(item) for key, item in value.items()}
    if hasattr(value, _RECORD):
        return getattr(value, _RECORD)
    if hasattr(value, "__jsii_name_mapping__"):
        return _struct(value)
    return outside(f"a value of {type(value).__name__}")


def typed(value: Any) -> Any:
    """Return a field's *value* as the bindings' own class writes it: classes by argument."""
    match value:
        case Struct():
            return value.by_argument()
        case list():
            return [typed(item) for item in value]
        case dict():
            return {key: typed(item) for key, item in value.items()}
    return value


def untyped(value: Any) -> Any:
    """Return *value* as JavaScript sees it where any value may stand."""
    match value:
        case Struct():
            return value.by_property()
        case list():
            return [untyped(item) for item in value]
        case dict():
            return {key: untyped(item) for key, item in value.items()}
    return value


def keys_to_snake_case(value: Any) -> Any:
    """Return *value* with the keys of all maps in snake case, except below tags and environment."""
    match value:
        case Struct():
            return keys_to_snake_case(value.by_property())
        case list():
            return [keys_to_snake_case(item) for item in value]
        case dict():
            return {
                (key if key in {"tags", "environment"} else snake_case(key)): (
                    item if key in {"tags", "environment"} else keys_to_snake_case(item)
                )
                for key, item in value.items()
            }
    return value


def _struct(value: Any) -> Struct:
    mapping = type(value).__jsii_name_mapping__
    annotations = type(value).__init__.__annotations__
    names = type(value).__init__.__globals__
    fields = {}
    for name, item in value._values.items():  # noqa: SLF001  the bindings keep it there
        if not accepts(annotations[name], names)(item):
            outside(f"{type(value).__name__}.{name} of {type(item).__name__}")
        fields[mapping[name]] = plain(item)
    return Struct(value, fields)

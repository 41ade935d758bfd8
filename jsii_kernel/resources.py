"""Resources, data sources and the provider itself."""

from collections.abc import Sequence
from typing import Any, Final

from jsii_kernel import guises
from jsii_kernel.attributes import properties
from jsii_kernel.blocks import read
from jsii_kernel.constructs import Construct
from jsii_kernel.counting import Count
from jsii_kernel.elements import Element
from jsii_kernel.errors import outside
from jsii_kernel.expressions import Dependable, Reference
from jsii_kernel.merging import deep_merge
from jsii_kernel.provider import TERRAFORM_VERSION, terraform_name
from jsii_kernel.tokens import Resolvable, has_tokens, string_of
from jsii_kernel.values import Struct, keys_to_snake_case, typed, untyped

_META: Final = frozenset(
    {"connection", "count", "dependsOn", "forEach", "lifecycle", "provider", "provisioners"}
)
_INPUT: Final = "Input"


class Resource(Element):
    """A resource; its attributes are the fields of its configuration.

    Attributes:
        needs_provider: It is one of the provider's, not built into Terraform.
    """

    block = "resource"

    def __init__(
        self, holder: Any, scope: Construct, id_: str, *, type_: str, config: Struct | None
    ) -> None:
        self.type = type_
        self.prefix = type_
        super().__init__(holder, scope, id_)
        self.fields = dict(config.fields) if config else {}
        mapping = type(config.origin).__jsii_name_mapping__ if config else {}
        self._settable = frozenset(mapping.values()) - _META
        self.needs_provider = type_ != "terraform_data"
        self._moved: dict[str, str] | None = None
        self._moved_away = False
        self._imported: dict[str, Any] | None = None
        depends_on = self.fields.get("dependsOn")
        if depends_on is not None:
            self.fields["dependsOn"] = [_dependable(other) for other in depends_on]
        if self.fields.get("forEach") is not None:
            self.refuse("for_each")

    def get(self, member: str) -> object:
        """Return the value of a property: an attribute, or what was given for one."""
        if member == "terraformResourceType":
            return self.type
        given = member.removesuffix(_INPUT)
        if given != member and given in self._settable:
            return self._given(given)
        class_: Any = type(self.holder)
        if member in properties(class_):
            return read(class_, self, member)
        return super().get(member)

    def at(self, path: str) -> Reference:
        """Return the expression of an attribute."""
        return self.reference(f".{path}")

    def set(self, member: str, value: object) -> None:
        """Set a property."""
        if member not in self._settable | (_META - {"dependsOn", "forEach"}):
            super().set(member, value)
        self.fields[member] = value

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case _, [str(attribute)] if guise := guises.ATTRIBUTE.get(member):
                return guise(self.at(attribute))
            case "importFrom", [str(id_), provider]:
                self._imported = {"id": id_, "provider": provider and provider.fqn}
                return None
            case "moveToId", [str(other)] if self._moved is None:
                self._moved = {"to": other, "from": f"{self.type}.{self.name}"}
                self._moved_away = True
                return None
            case "moveFromId", [str(other)] if self._moved is None:
                self._moved = {"to": f"{self.type}.{self.name}", "from": other}
                return None
        for prefix in ("put", "reset"):
            changed = _property(member.removeprefix(prefix))
            if member.startswith(prefix) and changed in self._settable:
                self.fields[changed] = arguments[0] if arguments else None
                return None
        return super().invoke(member, arguments)

    def to_terraform(self) -> dict[str, Any]:
        """Return the resource, and where it moved or is imported from."""
        provisioners = self.fields.get("provisioners")
        attributes = deep_merge(
            self._arguments(),
            keys_to_snake_case(self._meta()),
            {"provisioner": provisioners and [_provisioner(one) for one in provisioners]},
            self.overrides,
        )
        attributes["//"] = {**(attributes.get("//") or {}), **self.comment()}
        imported = self._imported and {**self._imported, "to": f"{self.type}.{self.name}"}
        return {
            "resource": None if self._moved_away else {self.type: {self.name: attributes}},
            "moved": [self._moved] if self._moved else None,
            "import": [imported] if imported else None,
        }

    def metadata(self) -> dict[str, Any]:
        """Return overrides, imports and moves."""
        named = {self.type: [self.name]}
        return {
            **self.overridden(self.type),
            **({"imports": named} if self._imported else {}),
            **({"moved": named} if self._moved else {}),
        }

    def _given(self, property_: str) -> object:
        value = self.fields.get(property_)
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(part, Struct) for part in parts):
            self.refuse(f"{property_}{_INPUT}")
        return value

    def _arguments(self) -> dict[str, Any]:
        return {
            terraform_name(name): typed(value)
            for name, value in self.fields.items()
            if name not in _META
        }

    def _meta(self) -> dict[str, Any]:
        count, provider = self.fields.get("count"), self.fields.get("provider")
        lifecycle = self.fields.get("lifecycle")
        return {
            "dependsOn": self.fields.get("dependsOn"),
            "count": count.value if isinstance(count, Count) else count,
            "provider": provider and provider.fqn,
            "lifecycle": lifecycle and _lifecycle(lifecycle),
            "connection": untyped(self.fields.get("connection")),
        }


class BareResource(Resource):
    """`TerraformResource` itself: what it has are overrides."""

    def __init__(
        self, holder: Any, scope: Construct, id_: str, *, type_: str, config: Struct
    ) -> None:
        super().__init__(holder, scope, id_, type_=type_, config=config)
        if config.fields.get("terraformGeneratorMetadata") is not None:
            self.refuse("terraform_generator_metadata")
        self.needs_provider = False
        self._settable = frozenset()

    def _arguments(self) -> dict[str, Any]:
        return {}


class DataResource(Resource):
    """`terraform_data`, built into cdktf, which takes lists and numbers for maps; so do we."""

    def _arguments(self) -> dict[str, Any]:
        return {
            terraform_name(name): _as_map(untyped(self.fields.get(name)))
            for name in ("input", "triggersReplace")
        }


class DataSource(Resource):
    """A data source."""

    block = "data"

    def __init__(
        self, holder: Any, scope: Construct, id_: str, *, type_: str, config: Struct | None
    ) -> None:
        super().__init__(holder, scope, id_, type_=type_, config=config)
        self.prefix = f"data.{type_}"

    def to_terraform(self) -> dict[str, Any]:
        """Return the data source."""
        meta = {key: value for key, value in self._meta().items() if key != "connection"}
        attributes = deep_merge(self._arguments(), keys_to_snake_case(meta), self.overrides)
        attributes["//"] = self.comment()
        return {"data": {self.type: {self.name: attributes}}}

    def metadata(self) -> dict[str, Any]:
        """Return the overrides."""
        return self.overridden(self.type)


class Provider(Element):
    """The provider of a stack; with an alias, one of several."""

    source = "aws"
    type = "aws"

    def __init__(self, holder: Any, scope: Construct, id_: str, config: Struct | None) -> None:
        super().__init__(holder, scope, id_)
        self.fields = dict(config.fields) if config else {}

    @property
    def fqn(self) -> str:
        """The provider's name, with its alias behind it."""
        alias = self.fields.get("alias")
        return self.type if alias is None else f"{self.type}.{alias}"

    def to_terraform(self) -> dict[str, Any]:
        """Return the provider and its version."""
        arguments = {terraform_name(name): typed(value) for name, value in self.fields.items()}
        alias = self.fields.get("alias")
        written = deep_merge(
            keys_to_snake_case(arguments),
            self.overrides,
            {} if alias is None else {"alias": alias},
        )
        required = {self.type: {"version": TERRAFORM_VERSION, "source": self.source}}
        return {"terraform": {"required_providers": required}, "provider": {self.type: [written]}}

    def metadata(self) -> dict[str, Any]:
        """Return the overrides."""
        return self.overridden(self.type)


def _property(name: str) -> str:
    return name[:1].lower() + name[1:]


def _dependable(other: Any) -> str:
    if not isinstance(other, Element):
        outside("a dependency on something without an address")
    return string_of(Dependable(other.fqn))


def _lifecycle(lifecycle: Struct) -> dict[str, Any]:
    written = lifecycle.by_property()
    triggers = written.get("replaceTriggeredBy")
    if triggers:
        written["replaceTriggeredBy"] = [
            trigger.fqn if isinstance(trigger, Element) else trigger for trigger in triggers
        ]
    return written


def _provisioner(provisioner: Struct) -> dict[str, Any]:
    properties = provisioner.by_property()
    return {properties.pop("type"): keys_to_snake_case(properties)}


def _as_map(value: object) -> object:
    match value:
        case None | str() | Resolvable():
            return value
        case dict():
            return value
        case list():
            if has_tokens(value):
                return value
            return {str(index): item for index, item in enumerate(value)}
    return {}

"""Locals, outputs, variables, backends and remote states: what stands around resources."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from jsii_kernel import guises
from jsii_kernel.constructs import Construct
from jsii_kernel.elements import Element
from jsii_kernel.errors import outside
from jsii_kernel.merging import deep_merge
from jsii_kernel.tokens import has_tokens, string_of
from jsii_kernel.values import Struct, keys_to_snake_case, untyped

_OF_EVERY_STATE: Final = ("defaults", "workspace")


class Local(Element):
    """A local value."""

    prefix = "local"

    def __init__(self, holder: Any, scope: Construct, id_: str, expression: object) -> None:
        super().__init__(holder, scope, id_)
        self._expression = untyped(expression)

    def get(self, member: str) -> object:
        """Return the value of a property."""
        if guise := guises.LOCAL.get(member):
            return guise(self.reference())
        return super().get(member)

    def set(self, member: str, value: object) -> None:
        """Set a property."""
        if member != "expression":
            super().set(member, value)
        self._expression = untyped(value)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        if member == "toString":
            return string_of(self.reference())
        return super().invoke(member, arguments)

    def to_terraform(self) -> dict[str, Any]:
        """Return the local."""
        return {"locals": {self.name: self._expression}}

    def metadata(self) -> dict[str, Any]:
        """Return the overrides."""
        return self.overridden("local")


class Output(Element):
    """An output."""

    def __init__(self, holder: Any, scope: Construct, id_: str, config: Struct) -> None:
        super().__init__(holder, scope, id_)
        self.fields = dict(config.fields)
        if self.fields.get("staticId"):
            self._own_name = self.id

    def set(self, member: str, value: object) -> None:
        """Set a property."""
        if member not in {"value", "description", "sensitive", "dependsOn"}:
            super().set(member, value)
        self.fields[member] = value

    def to_terraform(self) -> dict[str, Any]:
        """Return the output; a construct in its value stands for its address."""
        depends_on = self.fields.get("dependsOn")
        attributes = {
            "value": _addressed(untyped(self.fields.get("value"))),
            "description": self.fields.get("description"),
            "sensitive": self.fields.get("sensitive"),
            "depends_on": depends_on and [element.fqn for element in depends_on],
        }
        return {"output": {self.name: deep_merge(attributes, self.overrides)}}

    def metadata(self) -> dict[str, Any]:
        """Return the overrides."""
        return self.overridden("output")


class Variable(Element):
    """An input variable."""

    prefix = "var"

    def __init__(self, holder: Any, scope: Construct, id_: str, config: Struct) -> None:
        super().__init__(holder, scope, id_)
        self._fields = config.by_property()
        self._validation: list[Any] | None = config.fields.get("validation")

    def get(self, member: str) -> object:
        """Return the value of a property."""
        if guise := guises.VARIABLE.get(member):
            return guise(self.reference())
        return super().get(member)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case "toString", []:
                return string_of(self.reference())
            case "addValidation", [Struct() as validation]:
                self._validation = [*(self._validation or []), validation]
                return None
        return super().invoke(member, arguments)

    def to_terraform(self) -> dict[str, Any]:
        """Return the variable; the keys of its default become snake case too, as in cdktf."""
        names = ("default", "description", "type", "sensitive", "nullable")
        attributes = {name: self._fields.get(name) for name in names}
        if self._validation is not None:
            attributes["validation"] = [
                {name: rule.fields.get(name) for name in ("condition", "errorMessage")}
                for rule in self._validation
            ]
        written = keys_to_snake_case(attributes)
        return {"variable": {self.name: deep_merge(written, self.overrides)}}


class Backend(Element):
    """Where the state is."""

    def __init__(self, holder: Any, scope: Construct, kind: str, config: Struct) -> None:
        super().__init__(holder, scope, "backend")
        self._kind = kind
        self._fields = config.by_property()
        if kind == "local" and not self._fields.get("path"):
            self._fields["path"] = str(Path.cwd() / f"terraform.{self.stack.id}.tfstate")

    def to_terraform(self) -> dict[str, Any]:
        """Return the backend."""
        written = deep_merge(keys_to_snake_case(self._fields), self.overrides)
        return {"terraform": {"backend": {self._kind: written}}}

    def metadata(self) -> dict[str, Any]:
        """Return the backend's kind and its overrides."""
        return {"backend": self._kind, **self.overridden("backend")}


class RemoteState(Element):
    """The outputs of another stack, read from its state."""

    prefix = "data.terraform_remote_state"

    def __init__(
        self, holder: Any, scope: Construct, id_: str, *, backend: str, config: Struct
    ) -> None:
        super().__init__(holder, scope, id_)
        self._backend = backend
        self._fields = config.by_property()

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case _, [str(output)] if guise := guises.OUTPUT.get(member):
                return guise(self.reference(f".outputs.{output}"))
        return super().invoke(member, arguments)

    def to_terraform(self) -> dict[str, Any]:
        """Return the data source."""
        config = keys_to_snake_case(self._fields)
        written = {
            "backend": self._backend,
            **{name: self._fields.get(name) for name in _OF_EVERY_STATE},
            "config": {k: v for k, v in config.items() if k not in _OF_EVERY_STATE},
        }
        merged = deep_merge(written, self.overrides)
        return {"data": {"terraform_remote_state": {self.name: merged}}}

    def metadata(self) -> dict[str, Any]:
        """Return the overrides."""
        return self.overridden("terraform_remote_state")


def _addressed(value: Any) -> Any:
    if has_tokens(value):
        return value
    match value:
        case Element():
            return value.fqn
        case list():
            return [_addressed(item) for item in value]
        case dict():
            return {key: _addressed(item) for key, item in value.items()}
        case Construct():
            outside("a construct without an address as an output")
    return value

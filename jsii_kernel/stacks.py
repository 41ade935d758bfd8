"""Stacks and the application: what is written, and where."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from jsii_kernel.constructs import Construct
from jsii_kernel.declarations import Backend, Output
from jsii_kernel.elements import Element
from jsii_kernel.errors import outside
from jsii_kernel.javascript import stable_json
from jsii_kernel.merging import add_override, deep_merge
from jsii_kernel.resolution import resolve
from jsii_kernel.resources import Provider, Resource
from jsii_kernel.tokens import has_tokens, in_list, in_map
from jsii_kernel.values import Struct, untyped

_NOT_IN_NAMES: Final = re.compile(r"[*?\[\]{}!\s]")
_FILE: Final = "cdk.tf.json"


class Stack(Construct):
    """One stack: the Terraform of one state.

    Attributes:
        overrides: What `addOverride` put over everything.

        dependencies: The stacks that are deployed before it.
    """

    is_stack = True

    def __init__(self, holder: Any, scope: Construct, id_: str) -> None:
        super().__init__(holder, scope, id_)
        if _NOT_IN_NAMES.search(id_):
            outside(f"the stack's name {id_!r}")
        self.overrides: dict[str, Any] = {}
        self.dependencies: list[Stack] = []

    def get(self, member: str) -> object:
        """Return the value of a property."""
        return list(self.dependencies) if member == "dependencies" else super().get(member)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        match member, arguments:
            case "addOverride", [str(path), value]:
                add_override(self.overrides, path, untyped(value))
                return None
            case "toTerraform", []:
                return self.to_terraform()
            case "getLogicalId", [Element() as element]:
                return element.name
            case "addDependency", [Stack() as other] if self not in other.dependencies:
                self.dependencies = [*self.dependencies, other]
                return None
        return super().invoke(member, arguments)

    def elements(self) -> list[Element]:
        """Return the elements of this stack, not those of stacks within it."""
        return list(_elements(self))

    def to_terraform(self) -> dict[str, Any]:
        """Return the stack's Terraform.

        Raises:
            OutsideOfKernelError: A provider or the backend is missing, or a value is not known.
        """
        elements = self.elements()
        metadata: dict[str, Any] = {
            "version": app_of(self).version,
            "stackName": self.id,
            "backend": "local",
        }
        if self.overrides:
            metadata["overrides"] = {"stack": list(self.overrides)}
        for element in elements:
            deep_merge(metadata, element.metadata())
        written: dict[str, Any] = {"//": {"metadata": metadata, "outputs": _outputs(elements)}}
        for element in elements:
            deep_merge(written, resolve(element.to_terraform(), self))
        if _is_simple(self.overrides):  # What is resolved already stays what it is.
            return deep_merge(written, resolve(self.overrides, self))
        return resolve(deep_merge(written, self.overrides), self)  # type: ignore[no-any-return]

    def check(self) -> None:
        """Check what cdktf checks before it writes.

        Raises:
            OutsideOfKernelError: There is no provider, or no backend.
        """
        elements = self.elements()
        if not any(isinstance(element, Backend) for element in elements):
            outside(f"{self.id} without a backend")
        needy = any(isinstance(e, Resource) and e.needs_provider for e in elements)
        if needy and not any(isinstance(element, Provider) for element in elements):
            outside(f"{self.id} without a provider")


class App(Construct):
    """The application: all stacks, and the folder that they are written to."""

    def __init__(self, holder: Any, config: Struct | None, *, version: str) -> None:
        super().__init__(holder, None, "")
        fields = {k: v for k, v in (config.fields if config else {}).items() if v is not None}
        folder = fields.pop("outdir", None) or os.environ.get("CDKTF_OUTDIR") or "cdktf.out"
        if fields.pop("hclOutput", False) or os.environ.get("SYNTH_HCL_OUTPUT") in {"true", "1"}:
            outside("HCL as output")
        if fields:
            outside(f"App({', '.join(fields)})")
        self.folder = Path(folder)
        self.version = version
        (self.folder / "stacks").mkdir(parents=True, exist_ok=True)

    def get(self, member: str) -> object:
        """Return the value of a property."""
        return str(self.folder) if member == "outdir" else super().get(member)

    def invoke(self, member: str, arguments: Sequence[Any]) -> object:
        """Call a method."""
        if member == "synth":
            self._write()
            return None
        return super().invoke(member, arguments)

    def _write(self) -> None:
        stacks = [construct for construct in self.all() if isinstance(construct, Stack)]
        for stack in stacks:
            stack.check()
            folder = self.folder / "stacks" / stack.id
            folder.mkdir(exist_ok=True)
            text = stable_json(stack.to_terraform())
            (folder / _FILE).write_text(text, encoding="utf-8")
        manifest = {
            "version": self.version,
            "stacks": {stack.id: _manifest(stack) for stack in stacks},
        }
        (self.folder / "manifest.json").write_text(stable_json(manifest), encoding="utf-8")


def app_of(construct: Construct) -> App:
    """Return the application that *construct* is in.

    Raises:
        OutsideOfKernelError: It is in none.
    """
    root = construct.scopes[0]
    return root if isinstance(root, App) else outside("a stack without an application")


def _is_simple(value: object) -> bool:
    """Tell whether *value* may be resolved before it is merged: it removes and extends nothing."""
    match value:
        case dict():
            return in_map(value) is None and all(map(_is_simple, value.values()))
        case list():
            return in_list(value) is None and all(map(_is_simple, value))
        case str() | bool():
            return True
        case int() | float():
            return not has_tokens(value)
    return False


def _elements(construct: Construct) -> Iterator[Element]:
    if isinstance(construct, Element):
        yield construct
    for child in construct.children():
        if not isinstance(child, Stack):
            yield from _elements(child)


def _outputs(elements: Sequence[Element]) -> dict[str, Any]:
    """Return the names of all outputs by the path of their constructs."""
    outputs: dict[str, Any] = {}
    for element in elements:
        if isinstance(element, Output):
            named: dict[str, Any] | str = element.name
            for part in reversed(element.path.split("/")):
                named = {part: named}
            deep_merge(outputs, named)  # type: ignore[arg-type]
    return outputs


def _manifest(stack: Stack) -> dict[str, Any]:
    folder = f"stacks/{stack.id}"
    return {
        "name": stack.id,
        "constructPath": stack.path,
        "workingDirectory": folder,
        "synthesizedStackPath": f"{folder}/{_FILE}",
        "stackMetadataPath": f"{folder}/metadata.json",
        "annotations": [],
        "dependencies": [other.path for other in stack.dependencies],
    }

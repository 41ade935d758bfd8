"""The `.jsii` document of an assembly: all its types, and how to keep only some."""

import json
import re
from typing import Any, Self

from attrs import frozen

_UNREAD = frozenset({"docs", "locationInModule", "readme"})  # The kernel reads none of these.


@frozen
class Document:
    """A parsed `.jsii` document, or the wanted part of one.

    Attributes:
        assembly: The assembly's name, which every type's name starts with.

        content: The document.

    """

    assembly: str
    content: dict[str, Any]

    @classmethod
    def parse(cls, raw: bytes, assembly: str) -> Self:
        """Read a whole document."""
        return cls(assembly, json.loads(raw))

    def namespaces(self) -> frozenset[str]:
        """Return the namespaces that have types."""
        return frozenset(map(self._namespace, self.content["types"]))

    def cut(self, namespaces: set[str]) -> "Document":
        """Keep the types of *namespaces* and of those they refer to.

        Raises:
            ValueError: A namespace has no types.

        """
        by_namespace: dict[str, dict[str, Any]] = {}
        for fqn, declaration in self.content["types"].items():
            by_namespace.setdefault(self._namespace(fqn), {})[fqn] = declaration
        kept: dict[str, Any] = {}
        done: set[str] = set()
        todo = set(namespaces)
        while todo:
            namespace = todo.pop()
            if namespace not in by_namespace:
                raise ValueError(f"{self.assembly} has no types in {namespace}")
            done.add(namespace)
            kept.update(by_namespace[namespace])
            todo |= self._mentions(by_namespace[namespace]) - done
        content = self.content | {"types": kept}
        return Document(self.assembly, _stripped(content))

    def scripts(self) -> dict[str, str]:
        """Return the JavaScript file of each submodule, relative to the package."""
        return {
            fqn.removeprefix(f"{self.assembly}."): f"lib/{_source(submodule)}.js"
            for fqn, submodule in self.content["submodules"].items()
        }

    def to_bytes(self) -> bytes:
        """Write the document as jsii reads it."""
        return json.dumps(self.content, separators=(",", ":")).encode()

    def _namespace(self, fqn: str) -> str:
        return fqn.removeprefix(f"{self.assembly}.").partition(".")[0]

    def _mentions(self, declarations: dict[str, Any]) -> set[str]:
        pattern = rf'"{re.escape(self.assembly)}\.(\w+)\.'
        return set(re.findall(pattern, json.dumps(declarations)))


def _source(submodule: dict[str, Any]) -> str:
    """Turn `src/s3-bucket/index:` into `s3-bucket/index`."""
    path: str = submodule["symbolId"]
    return path.removeprefix("src/").removesuffix(":")


def _stripped(value: Any) -> Any:  # noqa: ANN401  JSON
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items() if key not in _UNREAD}
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    return value

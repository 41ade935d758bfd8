"""Reads the schema of a CloudFormation type, which AWS publishes."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final, Self

from attrs import evolve, frozen

from audit.cloudformation.path import steps

_BRANCHES: Final = ("allOf", "anyOf", "oneOf")
_ROOT: Final = "/properties/"
_JSON: Final = "json"
"""The format of a text that is better given as the object it holds."""
Document = Mapping[str, Any]


@frozen(kw_only=True, slots=False)
class Schema:
    """A node of a type's schema; the type itself is one."""

    document: Document
    node: Document

    @classmethod
    def of(cls, document: Document) -> Self:
        """Return the schema that *document* is."""
        return cls(document=document, node=document)

    @cached_property
    def properties(self) -> dict[str, "Schema"]:
        """The properties of the object, in whichever branch."""
        return {
            name: self._below(below)
            for node in self._nodes()
            for name, below in node.get("properties", {}).items()
        }

    @cached_property
    def items(self) -> "Schema":
        """What an item of the list is like."""
        found: object = next((node["items"] for node in self._nodes() if "items" in node), {})
        return self._below(found if isinstance(found, dict) else {})

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types that the value may have; none where anything goes."""
        found: set[str] = set()
        for node in self._nodes():
            type_ = node.get("type", ())
            found.update([type_] if isinstance(type_, str) else type_)
            if node.get("format") == _JSON:
                found.update(("object", "string"))
        return frozenset(found)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """What `Fn::GetAtt` can ask the resource for."""
        return frozenset(_names(self.document.get("readOnlyProperties", ())))

    @cached_property
    def identifier(self) -> str:
        """The property that `Ref` stands for, empty where it is several."""
        names = tuple(_names(self.document.get("primaryIdentifier", ())))
        return names[0] if len(names) == 1 else ""

    def name_of(self, attribute: str) -> str:
        """Return the property that is called as Terraform's *attribute* is, or nothing."""
        wanted = attribute.replace("_", "").lower()
        return next((name for name in self.properties if name.lower() == wanted), "")

    def at(self, path: str) -> "Schema | None":
        """Return what is at *path*, None where the schema has nothing there."""
        here: Schema | None = self
        for step in steps(path):
            here = here.properties.get(step.name) if here else None
            if here and step.is_list:
                here = here.items
        return here

    def _below(self, node: Document) -> "Schema":
        return evolve(self, node=node)

    def _nodes(self) -> Iterator[Document]:
        waiting = [self.node]
        while waiting:
            node = waiting.pop(0)
            if reference := node.get("$ref"):
                waiting.append(_resolved(self.document, reference))
            yield node
            for branch in _BRANCHES:
                waiting.extend(below for below in node.get(branch, ()) if isinstance(below, dict))


def _resolved(document: Document, reference: str) -> Document:
    here: Any = document
    for name in reference.removeprefix("#/").split("/"):
        here = here.get(name, {})
    return here if isinstance(here, dict) else {}


def _names(pointers: Any) -> Iterator[str]:
    for pointer in pointers:
        yield str(pointer).removeprefix(_ROOT).replace("/", ".")

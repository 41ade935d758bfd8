"""Remembers which Terraform resource each part of a template is."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import Factory, frozen

from audit.cloudformation.path import steps


@frozen
class Origins:
    """The Terraform resources of a template.

    Attributes:
        parts: Addresses by logical id and, for what is part of another resource, the beginning
            of the path of its properties.
    """

    parts: dict[tuple[str, ...], str] = Factory(dict)

    def add(self, id_: str, address: str) -> None:
        """Remember that the resource *id_* is the one at *address*."""
        self.parts[id_,] = address

    def add_part(
        self,
        id_: str,
        at: str,
        made: Mapping[str, Any],
        properties: Mapping[str, Any],
        address: str,
    ) -> None:
        """Remember that *made*, put *at* a path into the *properties* of *id_*, is *address*."""
        path = [step.name for step in steps(at)]
        if not path:
            self.parts.update({(id_, name): address for name in made})
        elif at.endswith("[]"):
            self.parts[(id_, *path, str(len(properties.get(path[0], ()))))] = address
        else:
            self.parts[(id_, *path)] = address

    def address(self, id_: str, path: Sequence[str] = ()) -> str:
        """Return whose the property at *path* of *id_* is, nothing if nobody's here."""
        key = (id_, *path)
        while key:
            if key in self.parts:
                return self.parts[key]
            key = key[:-1]
        return ""

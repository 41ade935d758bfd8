"""Finds the locals that the value of an attribute depends on."""

import re
from collections.abc import Mapping
from typing import Any, Final, Self

from attrs import frozen

from audit.matrix import local_closure, locals_of
from audit.reference import Reference, references
from audit.synthesized import Stack

_STEP: Final = re.compile(r"[^.\[\]]+|\[\d+\]")


@frozen(kw_only=True)
class Reach:
    """What refers to what in one stack.

    Attributes:
        elements: The body by address.

        through: The locals behind each local.
    """

    elements: Mapping[str, Any]
    through: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, stack: Stack) -> Self:
        """Prepare the search in *stack*."""
        return cls(elements=stack.elements, through=local_closure(stack.locals))

    def configured(self, address: str, path: str) -> bool:
        """Tell whether the configuration says something about an attribute."""
        return bool(self.at(address, path))

    def at(self, address: str, path: str) -> tuple[object, ...]:
        """Return what the configuration says at a path; several where a list has several blocks."""
        return _at(self.elements.get(address, {}), path)

    def written(self, address: str, path: str) -> tuple[object, ...]:
        """Return what `at` does, or what stands where that merely points to."""
        return tuple(self._followed(value) for value in self.at(address, path))

    def _followed(self, value: object) -> object:
        for _ in self.elements:  # No chain is longer, unless it is a circle.
            [*found] = references(value)
            if len(found) != 1 or value != f"${{{found[0].address}.{'.'.join(found[0].path)}}}":
                break
            target = self.at(found[0].address, ".".join(found[0].path))
            if len(target) != 1:
                break
            value = target[0]
        return value

    def locals_behind(self, address: str, path: str) -> frozenset[str]:
        """Return the locals that the configured attribute depends on, however far away."""
        waiting = list(_at(self.elements.get(address, {}), path))
        found: set[str] = set()
        seen: set[Reference] = set()
        while waiting:
            value = waiting.pop()
            found |= locals_of(value, self.through)
            for reference in references(value):
                if reference not in seen and not reference.address.startswith("local."):
                    seen.add(reference)
                    waiting.extend(self._behind(reference))
        return frozenset(found)

    def _behind(self, reference: Reference) -> tuple[object, ...]:
        """Return what decides a value: its expression; all there is when the provider does."""
        address = reference.address
        if address.startswith("var."):
            address = f"variable.{address.removeprefix('var.')}"
        config = self.elements.get(address, {})
        first = reference.path[0] if reference.path else ""
        if isinstance(config, dict) and first in config:
            return (config[first],)
        providers = (v for k, v in self.elements.items() if k.startswith("provider."))
        return (config, *providers)


def _at(config: object, path: str) -> tuple[object, ...]:
    """Return what *config* says at *path*, or the nearest thing above it that says so.

    cdktf writes a block that appears once as an object, a plan writes it as a list of one; the
    items of a set come in an order of their own. Hence any item of a list may be the one.
    """
    here: list[object] = [config]
    for step in _STEP.findall(path):
        if step.startswith("["):
            continue
        below: list[object] = []
        for node in here:
            for item in node if isinstance(node, list) else [node]:
                if isinstance(item, str):
                    below.append(item)
                elif isinstance(item, dict) and step in item:
                    below.append(item[step])
        here = below
    return tuple(here)

"""Reads blocks and references the way cdktf writes them."""

from collections.abc import Iterator, Mapping
from typing import Any

from audit.reference import references
from audit.synthesized import Resource, Stack


def blocks(config: Mapping[str, Any], *path: str) -> Iterator[Mapping[str, Any]]:
    """Yield the blocks at *path*; one block may stand as an object or as a list of one."""
    here: list[Any] = [config]
    for step in path:
        here = [item for node in here for item in _items(node.get(step))]
    yield from here


def first(config: Mapping[str, Any], *path: str) -> Any:
    """Return the attribute at *path* of the first block that has it, None where there is none."""
    for block in blocks(config, *path[:-1]):
        if block.get(path[-1]) is not None:
            return block[path[-1]]
    return None


def refers_to(value: object, address: str) -> bool:
    """Tell whether an expression in *value* refers to the resource at *address*."""
    return any(reference.address == address for reference in references(value))


def companions(stack: Stack, type_: str, attribute: str, of: Resource) -> Iterator[Resource]:
    """Yield the resources of *type_* whose *attribute* refers to *of*."""
    for other in stack.resources(type_):
        if refers_to(other.config.get(attribute), of.address):
            yield other


def _items(value: object) -> list[Any]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]

"""Reads blocks the way cdktf writes them: one block may stand as an object or as a list of one."""

from collections.abc import Iterator, Mapping
from typing import Any


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


def _items(value: object) -> list[Any]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, dict)]

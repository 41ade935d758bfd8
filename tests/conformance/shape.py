"""The numbers of a platform's shape, by the names of its parts."""

from collections.abc import Iterator
from typing import Any

from attrs import fields, has

from model.platform import Platform


def numbers_of(platform: Platform) -> dict[str, int]:
    """Return every number of *platform*, but for the variations that it fixes."""
    return {path: value for path, value in _numbers(platform, "") if not path.startswith("fixed.")}


def _numbers(value: Any, path: str) -> Iterator[tuple[str, int]]:
    if isinstance(value, int) and not isinstance(value, bool):
        yield path, value
    elif has(type(value)):
        for attribute in fields(type(value)):
            name = f"{path}.{attribute.name}".strip(".")
            yield from _numbers(getattr(value, attribute.name), name)
    elif isinstance(value, tuple):
        for item in value:
            yield from _numbers(item, f"{path}.{getattr(item, 'name', '')}")

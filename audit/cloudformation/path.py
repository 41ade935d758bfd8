"""Puts values at paths such as `Targets[].Id` and `Attributes[Key=slow_start].Value`."""

import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

_STEP: Final = re.compile(r"(\w+)(?:\[(?:(\w+)=([^\]]+))?(\])?)?(?:\.|$)")
SELF: Final = "."
"""The path of a block whose properties belong to the block around it."""
EACH: Final = "[]."
"""What stands in a path that goes on in an item for each of a list of values."""


@frozen
class Step:
    """One name of a path.

    Attributes:
        is_list: Whether an item of a list is meant.

        key: The property by which the item is found, empty for a new item.

        value: What that property is.
    """

    name: str
    is_list: bool = False
    key: str = ""
    value: str = ""


def steps(path: str) -> Iterator[Step]:
    """Yield the steps of *path*; none for the block itself."""
    if path in ("", SELF):
        return
    for found in _STEP.finditer(path):
        name, key, value, close = found.groups()
        yield Step(name, is_list=bool(close), key=key or "", value=value or "")


def put(target: dict[str, Any], path: str, value: Any) -> None:
    """Put *value* into *target* at *path*, beside what is there already."""
    _put(target, tuple(steps(path)), value)


def _put(target: dict[str, Any], path: tuple[Step, ...], value: Any) -> None:
    if not path:
        _merge(target, value)
        return
    step, rest = path[0], path[1:]
    if not step.is_list:
        if rest:
            _put(target.setdefault(step.name, {}), rest, value)
        else:
            target[step.name] = _joined(target.get(step.name), value)
        return
    items = target.setdefault(step.name, [])
    if step.key:
        _put(_item(items, step), rest, value)
        return
    for each in value if isinstance(value, list) else [value]:
        if rest:
            item: dict[str, Any] = {}
            _put(item, rest, each)
            items.append(item)
        else:
            items.append(each)


def _item(items: list[dict[str, Any]], step: Step) -> dict[str, Any]:
    for item in items:
        if item.get(step.key) == step.value:
            return item
    items.append({step.key: step.value})
    return items[-1]


def _joined(before: Any, value: Any) -> Any:
    if isinstance(before, dict) and isinstance(value, dict):
        _merge(before, value)
        return before
    if isinstance(before, list) and isinstance(value, list):
        return [*before, *value]
    return value


def _merge(target: dict[str, Any], value: dict[str, Any]) -> None:
    for key, below in value.items():
        target[key] = _joined(target.get(key), below)

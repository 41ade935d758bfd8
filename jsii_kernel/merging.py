"""Overrides: where they are kept, and how cdktf merges them into what it writes."""

from typing import Any

from jsii_kernel.errors import outside
from jsii_kernel.javascript import NULL
from jsii_kernel.tokens import Resolvable


def add_override(overrides: dict[str, Any], path: str, value: object) -> None:
    """Put *value* at the dotted *path* of *overrides*."""
    *parents, last = path.split(".")
    for key in parents:
        if not isinstance(overrides.get(key), dict):
            overrides[key] = {}
        overrides = overrides[key]
    overrides[last] = value


def deep_merge(target: dict[str, Any], *sources: dict[str, Any]) -> dict[str, Any]:
    """Merge *sources* into *target* and return it: lists grow, and None removes.

    Raises:
        OutsideOfKernelError: A source goes into something that is no map.
    """
    for source in sources:
        for key, value in source.items():
            match value:
                case None:
                    target.pop(key, None)
                case list() if isinstance(target.get(key), list):
                    target[key] = [*target[key], *value]
                case dict():
                    target[key] = _merged(target.get(key), value)
                case _:
                    target[key] = value
    return target


def _merged(target: object, source: dict[str, Any]) -> object:
    match target:
        case dict():
            return deep_merge(target, source)
        case list():
            return _merged_into_list([*target], source)
        case Resolvable():
            outside("an override inside of something that Terraform works out")
        case _ if target is NULL:
            outside("an override inside of null")
    return deep_merge({}, source)


def _merged_into_list(target: list[Any], source: dict[str, Any]) -> list[Any]:
    """Merge maps into the items of a list that the keys of *source* are the indices of."""
    for key, value in source.items():
        if not (key.isdecimal() and int(key) < len(target)):
            outside(f"an override of {key!r} in a list of {len(target)}")
        holder = {key: target[int(key)]}
        deep_merge(holder, {key: value})
        if key not in holder:
            outside("an override that removes an item of a list")
        target[int(key)] = holder[key]
    return target

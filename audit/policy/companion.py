"""Finds the resources that belong to another, and are there whenever it is."""

import re
from collections.abc import Iterator

from audit.synthesized import Resource, Stack


def is_attribute_of(value: object, address: str) -> bool:
    """Tell whether *value* is an attribute of the resource at *address*, and nothing else."""
    reference = rf"\$\{{\s*{re.escape(address)}(\[[^\]]*\])?\.\w+\s*\}}"
    return isinstance(value, str) and bool(re.fullmatch(reference, value))


def belongs_to(other: Resource, attribute: str, of: Resource) -> bool:
    """Tell whether *other* names *of* by its *attribute*, and is there whenever *of* is."""
    repeats = ("count", "for_each")
    as_often = all(
        other.config.get(key) in (None, of.config.get(key), 1 if key == "count" else None)
        for key in repeats
    )
    return as_often and is_attribute_of(other.config.get(attribute), of.address)


def belonging(stack: Stack, type_: str, attribute: str, of: Resource) -> Iterator[Resource]:
    """Yield the resources of *type_* that belong to *of* by their *attribute*."""
    for other in stack.resources(type_):
        if belongs_to(other, attribute, of):
            yield other

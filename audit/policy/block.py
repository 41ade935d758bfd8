"""Finds the resources that belong to another."""

from collections.abc import Iterator

from audit.reference import references
from audit.synthesized import Resource, Stack


def refers_to(value: object, address: str) -> bool:
    """Tell whether an expression in *value* refers to the resource at *address*."""
    return any(reference.address == address for reference in references(value))


def companions(stack: Stack, type_: str, attribute: str, of: Resource) -> Iterator[Resource]:
    """Yield the resources of *type_* whose *attribute* refers to *of*."""
    for other in stack.resources(type_):
        if refers_to(other.config.get(attribute), of.address):
            yield other

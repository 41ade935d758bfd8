"""In which guise a member of the bindings hands out a reference."""

from collections.abc import Callable
from typing import Final

from jsii_kernel.tokens import (
    Resolvable,
    list_of,
    map_of,
    number_list_of,
    number_of,
    string_of,
)

Guise = Callable[[Resolvable], object]


def itself(token: Resolvable) -> object:
    """Return *token*, as cdktf does for what may be true or false."""
    return token


def string_map_of(token: Resolvable) -> object:
    """Return the map of strings that stands for *token*."""
    return map_of(token, "String")


def number_map_of(token: Resolvable) -> object:
    """Return the map of numbers that stands for *token*."""
    return map_of(token, "Number")


def boolean_map_of(token: Resolvable) -> object:
    """Return the map of truths that stands for *token*."""
    return map_of(token, "Boolean")


def any_map_of(token: Resolvable) -> object:
    """Return the map of anything that stands for *token*."""
    return map_of(token, "Any")


LOCAL: Final[dict[str, Guise]] = {
    "asAnyMap": any_map_of,
    "asBoolean": itself,
    "asBooleanMap": boolean_map_of,
    "asList": list_of,
    "asNumber": number_of,
    "asNumberMap": number_map_of,
    "asString": string_of,
    "asStringMap": string_map_of,
    "expression": itself,
}
"""Properties of `TerraformLocal`."""

VARIABLE: Final[dict[str, Guise]] = {
    "booleanValue": itself,
    "listValue": list_of,
    "numberValue": number_of,
    "stringValue": string_of,
    "value": itself,
}
"""Properties of `TerraformVariable`."""

OUTPUT: Final[dict[str, Guise]] = {
    "get": itself,
    "getBoolean": itself,
    "getList": list_of,
    "getNumber": number_of,
    "getString": string_of,
}
"""Methods of a remote state, each with the name of an output."""

ATTRIBUTE: Final[dict[str, Guise]] = {
    "getAnyMapAttribute": any_map_of,
    "getBooleanAttribute": itself,
    "getBooleanMapAttribute": boolean_map_of,
    "getListAttribute": list_of,
    "getNumberAttribute": number_of,
    "getNumberListAttribute": number_list_of,
    "getNumberMapAttribute": number_map_of,
    "getStringAttribute": string_of,
    "getStringMapAttribute": string_map_of,
    "interpolationForAttribute": itself,
}
"""Methods of resources and data sources, each with the name of an attribute."""

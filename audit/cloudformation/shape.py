"""Gives values the form that a schema asks for."""

import json
from collections.abc import Mapping
from typing import Any

from audit.cloudformation.schema import Schema


class ShapeError(ValueError):
    """The value has no form that the schema asks for."""


def is_block(value: Any, schema: Schema) -> bool:
    """Tell whether *value* is a block, or several, whose attributes *schema* has names for."""
    inner = schema.items if "array" in schema.types else schema
    if not inner.properties:
        return False
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) for each in value)
    return isinstance(value, dict) and not is_pairs(value, schema)


def is_pairs(value: Mapping[str, Any], schema: Schema) -> bool:
    """Tell whether *schema* wants the map *value* as a list of names and values, as tags are."""
    named = _pair(schema.items)
    return "array" in schema.types and bool(named) and not {k.lower() for k in value} & {"value"}


def shaped(value: Any, schema: Schema) -> Any:
    """Return *value*, which is no block, in the form that *schema* asks for.

    Raises:
        ShapeError: When there is none.
    """
    types = schema.types
    if isinstance(value, dict) and is_pairs(value, schema):
        return _pairs(value, schema.items)
    if isinstance(value, list):
        return _list(value, schema)
    if "array" in types and "string" not in types:
        return [shaped(value, schema.items)]
    if isinstance(value, str) and "object" in types:
        return _parsed(value, or_text="string" in types)
    return _scalar(value, schema)


def _pairs(value: Mapping[str, Any], items: Schema) -> list[dict[str, Any]]:
    inner = items.properties["Value"]
    return [{_pair(items): key, "Value": shaped(each, inner)} for key, each in value.items()]


def _list(value: list[Any], schema: Schema) -> Any:
    if "array" in schema.types or not schema.types:
        return [shaped(each, schema.items) for each in value]
    return _map(value) if "object" in schema.types else shaped(_only(value), schema)


def _only(values: list[Any]) -> Any:
    if len(values) != 1:
        raise ShapeError("has room for one value only")
    return values[0]


def _pair(items: Schema) -> str:
    names = items.properties.keys()
    return next((key for key in ("Key", "Name") if {key, "Value"} <= set(names)), "")


def _map(blocks: list[Any]) -> dict[str, Any]:
    """Return the map that blocks of name and value are."""
    try:
        return {block["name"]: block["value"] for block in blocks}
    except (KeyError, TypeError) as error:
        raise ShapeError("must be blocks with name and value") from error


def _parsed(text: str, *, or_text: bool) -> Any:
    try:
        found = json.loads(text)
    except ValueError as error:
        if text.startswith("\ue000") or (or_text and not text.lstrip().startswith("{")):
            return text
        raise ShapeError("must be JSON") from error
    return found if isinstance(found, dict) or not or_text else text


def _scalar(value: Any, schema: Schema) -> Any:
    types = schema.types
    if isinstance(value, bool) and types and "boolean" not in types:
        return "true" if value else "false"
    if isinstance(value, int | float) and types == {"string"}:
        return str(value)
    if isinstance(value, str) and "string" not in types and value.lstrip("-").isdigit():
        return int(value) if types & {"integer", "number"} else value
    return value

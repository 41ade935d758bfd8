"""Reads the resource instances of a state, as `payctl.attached` compares them with the account."""

from collections.abc import Iterator, Mapping
from typing import Any

from payctl.attached.attachment import Managed


def managed(state: Mapping[str, Any], *, account_id: str, stack: str = "") -> Iterator[Managed]:
    """Yield every managed instance of *state*, the state of *stack*, in its order."""
    for resource in state.get("resources", ()):
        if resource.get("mode") != "managed":
            continue
        prefix = f"{resource['module']}." if resource.get("module") else ""
        address = f"{prefix}{resource['type']}.{resource['name']}"
        for instance in resource.get("instances", ()):
            attributes = instance.get("attributes") or {}
            key = instance.get("index_key")
            index = "" if key is None else f'["{key}"]' if isinstance(key, str) else f"[{key}]"
            yield Managed(
                stack=stack,
                type=resource["type"],
                address=f"{address}{index}",
                attributes={**attributes, "account_id": account_id},
                texts=frozenset(_texts(attributes)),
            )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
    elif isinstance(value, str):
        yield value

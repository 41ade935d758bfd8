"""Tells the echoes of an apply from what somebody changed meanwhile.

A bucket learns of its versioning from another resource, a security group of its rules, a role of
its policies: right after an apply they differ from the state although nobody did anything else.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

_NOTHING: Final = frozenset({"no-op", "read"})
_INSIDE: Final = (
    "aws_lambda_alias.",
    "aws_lambda_event_source_mapping.",
    "aws_lambda_function_event_invoke_config.",
    "aws_lambda_function_url.",
    "aws_lambda_permission.",
    "aws_lambda_provisioned_concurrency_config.",
)


def may_echo(plan: Mapping[str, Any]) -> frozenset[str]:
    """Return the blocks that the apply of *plan* may make differ from the state afterwards.

    They are what it touches, and what that refers to.
    """
    touched = {
        _block(entry["address"])
        for entry in plan.get("resource_changes", ())
        if set(entry["change"]["actions"]) - _NOTHING or "importing" in entry["change"]
    }
    referred = {
        _block(reference)
        for resource in _configured(plan)
        if resource["address"] in touched
        for reference in _references(resource.get("expressions", {}))
    }
    return frozenset(touched | referred)


def ends_with(addresses: Iterable[str], plan: Mapping[str, Any]) -> frozenset[str]:
    """Return what ends when the functions at *addresses* end, themselves included.

    AWS keeps permissions, retries and event sources of a function in it.
    """
    blocks = {_block(address) for address in addresses}
    inside = {
        resource["address"]
        for resource in _configured(plan)
        if resource["address"].startswith(_INSIDE)
        and blocks & {_block(one) for one in _references(resource.get("expressions", {}))}
    }
    there = {entry["address"] for entry in plan.get("resource_changes", ())}
    return frozenset(addresses) | {one for one in there if _block(one) in inside}


def _configured(plan: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = (
        plan.get("configuration", {}).get("root_module", {}).get("resources", ())
    )
    return found


def is_echo(address: str, blocks: frozenset[str]) -> bool:
    """Tell whether what differs at *address* may come of an apply that could echo in *blocks*."""
    return _block(address) in blocks


def _block(address: str) -> str:
    """Return `type.name` of an address or a reference."""
    return ".".join(address.partition("[")[0].split(".")[:2])


def _references(expressions: object) -> Iterator[str]:
    if isinstance(expressions, dict):
        for key, value in expressions.items():
            if key == "references" and isinstance(value, list):
                yield from value
            else:
                yield from _references(value)
    elif isinstance(expressions, list):
        for item in expressions:
            yield from _references(item)

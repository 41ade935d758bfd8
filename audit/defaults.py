"""Finds what nobody decided: attributes that AWS, a region or a date fills in.

The provider marks them Optional and Computed. Each is set in the code, or accepted once.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import field, frozen, validators

from audit.address import joined
from audit.errors import UnknownFormatError
from audit.finding import Finding
from audit.synthesized import Stack

RULE: Final = "implicit-default"
EVERY_TYPE: Final = "*"
_FORMATS: Final = frozenset({"1.0"})
_BUILT_IN: Final = frozenset({"terraform_data"})
"""What Terraform itself has; the schema of a provider does not know it."""
_NO_DECISION: Final = frozenset({"id", "tags_all", "arn", "owner_id"})
"""Computed for every resource; nobody could decide them."""


@frozen(kw_only=True)
class AcceptedDefault:
    """An attribute that may stay unset, and why.

    Attributes:
        type: The resource type, or "*" for all.

        path: The attribute, such as "name_prefix" or "ebs_options.iops".
    """

    type: str
    path: str
    reason: str = field(
        validator=validators.and_(validators.instance_of(str), validators.min_len(10))
    )


def implicit_defaults(
    stacks: Iterable[Stack], schema: object, accepted: Iterable[AcceptedDefault]
) -> tuple[Finding, ...]:
    """Return what *stacks* leave to AWS, given `terraform providers schema -json`.

    One stack of each family is enough, for they have the same body.

    Raises:
        UnknownFormatError: When the schema is in a format we do not know.
    """
    known = {(entry.type, entry.path) for entry in accepted}
    message = "must be set or accepted: AWS decides it, and may decide otherwise"
    return tuple(
        Finding(rule=RULE, where=where, path=path, message=message)
        for where, path in dict.fromkeys(_left_unset(stacks, schema))
        if not {(where.partition(".")[0], path), (EVERY_TYPE, path)} & known
    )


def unneeded(
    stacks: Iterable[Stack], schema: object, accepted: Iterable[AcceptedDefault]
) -> tuple[Finding, ...]:
    """Return the acceptances that none of *stacks*, which are those of all platforms, needs."""
    unset = {(where.partition(".")[0], path) for where, path in _left_unset(stacks, schema)}
    needed = unset | {(EVERY_TYPE, path) for _, path in unset}
    message = "an accepted default must be needed, nothing leaves it unset"
    return tuple(
        Finding(rule=RULE, where=entry.type, path=entry.path, message=message)
        for entry in accepted
        if (entry.type, entry.path) not in needed
    )


def _left_unset(stacks: Iterable[Stack], schema: object) -> Iterator[tuple[str, str]]:
    types = _types(schema)
    for stack in stacks:
        for resource in stack.resources():
            if resource.type in _BUILT_IN:
                continue
            if resource.type not in types:
                raise UnknownFormatError(f"schema: must know {resource.type}, does not")
            for path in _unset(types[resource.type], resource.config):
                yield resource.address, path


def _types(schema: object) -> dict[str, Mapping[str, Any]]:
    if not isinstance(schema, dict) or schema.get("format_version") not in _FORMATS:
        version = schema.get("format_version") if isinstance(schema, dict) else None
        raise UnknownFormatError(f"schema: format_version must be 1.0, is {version!r}")
    return {
        type_: described["block"]
        for provider in schema["provider_schemas"].values()
        for type_, described in provider.get("resource_schemas", {}).items()
    }


def _unset(block: Mapping[str, Any], config: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for name, attribute in block.get("attributes", {}).items():
        optional = attribute.get("optional") and attribute.get("computed")
        if optional and name not in _NO_DECISION and config.get(name) is None:
            yield joined(path, name)
    for name, nested in block.get("block_types", {}).items():
        found = config.get(name)
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict):
                yield from _unset(nested["block"], item, joined(path, name))

"""The tables agree with AWS's schemas, and say nothing that follows from them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from audit.cloudformation.bridge import bridged
from audit.cloudformation.coverage import missing
from audit.cloudformation.mapping import Mapped
from audit.cloudformation.schema import Schema
from audit.cloudformation.tables import TABLE
from tests.conftest import PLATFORMS, Synthesize

MAPPED: Final = {type_: entry for type_, entry in TABLE.items() if isinstance(entry, Mapped)}
Schemas = Mapping[str, Mapping[str, Any]]


def node_of(entry: Mapped, schemas: Schemas, path: str) -> Schema | None:
    """Return what the block at the Terraform *path* goes into."""
    at = entry.inside.at if entry.inside else ""
    node = Schema.of(schemas[entry.type]).at(at)
    parts = path.split(".") if path else []
    for depth, part in enumerate(parts, 1):
        if node is None:
            return None
        name = entry.names.get(".".join(parts[:depth])) or node.name_of(part)
        node = node.at(name) if name else None
        if node is not None and "array" in node.types:
            node = node.items
    return node


def names_of(entry: Mapped) -> Iterator[tuple[str, str]]:
    """Yield what a table names, with the block it stands in."""
    for path, name in entry.names.items():
        yield path.rpartition(".")[0], name
    for block, constants in entry.constants.items():
        for name in constants:
            yield block, name


@pytest.mark.parametrize("type_", MAPPED)
def test_every_name_is_in_the_schema(type_: str, schemas: Schemas) -> None:
    """A property that AWS does not have would be a finding of every judge."""
    entry = MAPPED[type_]
    wrong = [
        (block, name)
        for block, name in names_of(entry)
        if (node := node_of(entry, schemas, block)) is None or node.at(name) is None
    ]
    assert wrong == []


@pytest.mark.parametrize("type_", MAPPED)
def test_no_name_that_follows_from_the_schema(type_: str, schemas: Schemas) -> None:
    """What is in a table is an exception."""
    entry = MAPPED[type_]
    needless = [
        path
        for path, name in entry.names.items()
        if (node := node_of(entry, schemas, path.rpartition(".")[0]))
        and node.name_of(path.rpartition(".")[2]) == name
    ]
    assert needless == []


@pytest.mark.parametrize("type_", MAPPED)
def test_what_is_unmapped_has_no_property(type_: str, schemas: Schemas) -> None:
    """A property that AWS has added since is worth being judged."""
    entry = MAPPED[type_]
    node = node_of(entry, schemas, "")
    assert node is not None
    elsewhere = {"rest_api_id", "resource_id"}  # The resource around it has them.
    found = [a for a in entry.unmapped if node.name_of(a) and a not in elsewhere]
    assert found == []


@pytest.mark.parametrize("type_", MAPPED)
def test_every_reference_can_be_asked_for(type_: str, schemas: Schemas) -> None:
    """`Fn::GetAtt` knows what others ask a resource for."""
    entry, schema = MAPPED[type_], Schema.of(schemas[MAPPED[type_].type])
    asked = {name for name in entry.references.values() if "${" not in name and name != "Ref"}
    assert asked <= schema.attributes


def test_what_a_resource_makes_besides_is_in_the_schema(schemas: Schemas) -> None:
    """A further resource takes properties that it has, and has one for its owner."""
    for also in (one for entry in MAPPED.values() for one in entry.also):
        node = Schema.of(schemas[also.type])
        assert [name for name in (*also.names.values(), also.owner) if not node.at(name)] == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nine_of_ten_attributes_are_judged(
    platform: str, synthesize: Synthesize, schemas: Schemas
) -> None:
    """Every type is known, and of what is judged at all at least 90 % in each platform."""
    bridges = [bridged(stack, schemas) for stack in synthesize(platform).stacks.values()]
    attributes = [a for bridge in bridges for a in bridge.attributes]
    assert list(missing(attributes)) == []
    judged = [a.is_judged for a in attributes if a.path]
    assert sum(judged) / len(judged) >= 0.9

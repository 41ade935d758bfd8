"""What AWS would decide is found, unless somebody accepted it."""

import pytest

from audit.defaults import EVERY_TYPE, AcceptedDefault, implicit_defaults, unneeded
from audit.errors import UnknownFormatError
from audit.synthesized import Stack

OPEN = {"optional": True, "computed": True}
SCHEMA = {
    "format_version": "1.0",
    "provider_schemas": {
        "aws": {
            "resource_schemas": {
                "aws_x": {
                    "block": {
                        "attributes": {
                            "id": OPEN,
                            "kind": OPEN,
                            "arn": {"computed": True},
                            "name": {"required": True},
                            "text": {"optional": True},
                        },
                        "block_types": {"part": {"block": {"attributes": {"size": OPEN}}}},
                    }
                }
            }
        }
    },
}


def stack(**config: object) -> Stack:
    """Return a stack with one resource."""
    return Stack.from_json("s", {"resource": {"aws_x": {"y": config}}})


def accept(type_: str, path: str) -> AcceptedDefault:
    """Return an acceptance."""
    return AcceptedDefault(type=type_, path=path, reason="It is the same in every region.")


def found(one: Stack, *accepted: AcceptedDefault) -> list[tuple[str, str]]:
    """Return what is left to AWS."""
    return [(f.where, f.path) for f in implicit_defaults([one], SCHEMA, accepted)]


def test_unset() -> None:
    """Only what is optional and computed, and unset, is left to AWS."""
    assert found(stack(name="n")) == [("aws_x.y", "kind")]
    assert found(stack(name="n", kind=None)) == [("aws_x.y", "kind")]
    assert found(stack(name="n", kind="a")) == []


@pytest.mark.parametrize("part", [{}, [{}]])
def test_blocks(part: object) -> None:
    """Blocks that are there are looked into, as object and as list."""
    assert found(stack(kind="a", part=part)) == [("aws_x.y", "part.size")]


@pytest.mark.parametrize("type_", ["aws_x", EVERY_TYPE])
def test_accepted(type_: str) -> None:
    """An acceptance is of one type or of all."""
    assert found(stack(), accept(type_, "kind")) == []
    assert found(stack(), accept("aws_z", "kind")) != []


def test_unneeded() -> None:
    """An acceptance that nothing needs is a finding."""
    accepted = [accept("aws_x", "kind"), accept(EVERY_TYPE, "kind"), accept("aws_x", "part.size")]
    [finding] = unneeded([stack()], SCHEMA, accepted)
    assert finding.path == "part.size"


@pytest.mark.parametrize("schema", [None, {}, {"format_version": "2.0"}])
def test_unknown_schema(schema: object) -> None:
    """A schema we do not know is an error."""
    with pytest.raises(UnknownFormatError):
        implicit_defaults([stack()], schema, [])


def test_unknown_type() -> None:
    """A type that the schema does not know is an error, not a pass."""
    other = Stack.from_json("s", {"resource": {"aws_z": {"y": {}}}})
    with pytest.raises(UnknownFormatError):
        implicit_defaults([other], SCHEMA, [])

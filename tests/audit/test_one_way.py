"""Plans that replace what holds payments are named, with the way to do it instead."""

from typing import Any

import pytest

from audit.errors import UnknownFormatError
from audit.one_way import ONE_WAY, one_way_changes

TYPES = sorted(type_ for one in ONE_WAY for type_ in one.types)


def plan(type_: str, *actions: str, **entry: Any) -> dict[str, Any]:
    """Return a plan that does *actions* to one resource of *type_*."""
    change = {"actions": list(actions), "replace_paths": [["cidr_block"]]}
    return {
        "resource_changes": [{"address": f"{type_}.x", "type": type_, "change": change, **entry}]
    }


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("actions", [("delete", "create"), ("create", "delete")])
def test_what_holds_something_is_not_replaced(type_: str, actions: tuple[str, ...]) -> None:
    """Whichever comes first."""
    (finding,) = one_way_changes(plan(type_, *actions))
    assert (finding.where, finding.path) == (f"{type_}.x", "cidr_block")
    assert "Instead: " in finding.message


@pytest.mark.parametrize("actions", [("no-op",), ("create",), ("update",), ("read",), ("delete",)])
def test_other_changes_pass(actions: tuple[str, ...]) -> None:
    """A first deployment makes everything, and a change in place keeps it."""
    assert one_way_changes(plan("aws_vpc", *actions)) == ()


def test_what_can_be_made_again_is_replaced() -> None:
    """A function keeps nothing."""
    assert one_way_changes(plan("aws_lambda_function", "delete", "create")) == ()


def test_what_never_came_to_be_is_replaced() -> None:
    """A database whose creation failed is empty, and only replacing it helps."""
    broken = plan("aws_rds_cluster", "delete", "create", action_reason="replace_because_tainted")
    assert one_way_changes(broken) == ()


@pytest.mark.parametrize(
    "document", [None, [], {"resource_changes": 1}, {"resource_changes": [{"type": "aws_vpc"}]}]
)
def test_what_is_no_plan_passes_for_nothing(document: object) -> None:
    """What cannot be read was not checked."""
    with pytest.raises(UnknownFormatError):
        one_way_changes(document)


def test_types_are_those_of_the_provider() -> None:
    """A misspelled type would guard nothing."""
    from importlib.util import find_spec  # noqa: PLC0415 - only to see that it is there

    for type_ in TYPES:
        module = type_.removeprefix("aws_")
        names = (module, f"{module}_a")
        assert any(find_spec(f"cdktf_cdktf_provider_aws.{name}") for name in names), type_

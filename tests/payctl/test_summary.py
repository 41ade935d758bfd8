"""A plan is summed up without losing what matters."""

from typing import Any

import pytest

from audit.errors import CouldNotCheckError, UnknownFormatError
from payctl.terraform.summary import Action, Summary


def change(type_: str, *actions: str, **values: object) -> dict[str, Any]:
    """Return one entry of `resource_changes`."""
    return {
        "address": f"{type_}.x",
        "type": type_,
        "mode": "managed",
        "change": {"actions": list(actions), **values},
    }


def plan(*changes: dict[str, Any], **more: object) -> dict[str, Any]:
    """Return a plan of *changes*."""
    return {"format_version": "1.2", "resource_changes": list(changes), **more}


@pytest.mark.parametrize(
    ("actions", "action"),
    [
        (("create",), Action.CREATED),
        (("update",), Action.CHANGED),
        (("delete", "create"), Action.REPLACED),
        (("create", "delete"), Action.REPLACED),
        (("delete",), Action.DESTROYED),
    ],
)
def test_every_action_has_its_word(actions: tuple[str, ...], action: Action) -> None:
    """Both orders of a replacement are one."""
    (step,) = Summary.of(plan(change("aws_sns_topic", *actions))).steps
    assert step.action is action


@pytest.mark.parametrize("actions", [("delete",), ("delete", "create")])
def test_the_end_of_a_table_is_a_loss_of_data(actions: tuple[str, ...]) -> None:
    """Replaced or destroyed: what it holds is gone."""
    summary = Summary.of(plan(change("aws_dynamodb_table", *actions)))
    assert [step.address for step in summary.losses] == ["aws_dynamodb_table.x"]


def test_the_end_of_a_topic_is_none() -> None:
    """A topic keeps nothing."""
    assert Summary.of(plan(change("aws_sns_topic", "delete"))).losses == ()


def test_a_change_names_its_attributes() -> None:
    """What follows from a change is left out."""
    update = change(
        "aws_lambda_function",
        "update",
        before={"memory_size": 128, "timeout": 3, "version": "1"},
        after={"memory_size": 256, "timeout": 3},
        after_unknown={"version": True},
    )
    (step,) = Summary.of(plan(update)).steps
    assert step.attributes == ("memory_size",)


def test_a_replacement_names_what_forces_it() -> None:
    """Whoever loses a table wants to know why."""
    replace = change("aws_dynamodb_table", "delete", "create", replace_paths=[["hash_key"]])
    assert Summary.of(plan(replace)).steps[0].attributes == ("hash_key",)


def test_nothing_is_nothing() -> None:
    """No-ops and data are no changes; an output is one."""
    read = {**change("aws_vpc", "read"), "mode": "data"}
    quiet = Summary.of(plan(change("aws_vpc", "no-op"), read))
    assert quiet.changes_nothing
    assert str(quiet) == "nothing changes"
    loud = Summary.of(plan(output_changes={"url": {"actions": ["update"]}}))
    assert not loud.changes_nothing


def test_an_unknown_format_is_refused() -> None:
    """A plan that we cannot read does not look empty."""
    with pytest.raises(UnknownFormatError):
        Summary.of({"format_version": "9.0"})


@pytest.mark.parametrize(
    ("more", "actions", "said"),
    [
        ({"change": {"importing": {"id": "by-hand"}}}, ("no-op",), "1 imported"),
        ({"change": {"importing": {"id": "by-hand"}}}, ("update",), "1 changed, 1 imported"),
        ({"previous_address": "aws_sns_topic.old"}, ("no-op",), "1 moved"),
        ({}, ("forget",), "1 forgotten"),
        ({}, ("create", "forget"), "1 replaced"),
    ],
)
def test_imports_moves_and_removals_from_the_state_are_something(
    more: dict[str, Any], actions: tuple[str, ...], said: str
) -> None:
    """Case `plan-that-only-imports-or-forgets`: they are applied, and shown."""
    entry = change("aws_sns_topic", *actions, **more.pop("change", {})) | more
    summary = Summary.of(plan(entry))
    assert str(summary) == said
    assert not summary.changes_nothing


def test_what_is_forgotten_loses_no_data() -> None:
    """It stays in the account."""
    assert Summary.of(plan(change("aws_s3_bucket", "forget"))).losses == ()


def test_an_unknown_action_is_refused() -> None:
    """The next Terraform may plan what we cannot name."""
    with pytest.raises(UnknownFormatError, match="actions we do not know"):
        Summary.of(plan(change("aws_sns_topic", "migrate")))


def test_what_terraform_would_apply_is_not_nothing() -> None:
    """It says so itself, even where we see no step."""
    summary = Summary.of(plan(applyable=True))
    assert not summary.changes_nothing
    assert str(summary) == "something changes that is no resource"


@pytest.mark.parametrize(
    "more", [{"complete": False}, {"errored": True}, {"deferred_changes": [{"reason": "x"}]}]
)
def test_a_plan_of_a_part_is_refused(more: dict[str, Any]) -> None:
    """`-target` from a shell variable made a plan that said `nothing changes`."""
    with pytest.raises(CouldNotCheckError, match="must"):
        Summary.of(plan(**more))

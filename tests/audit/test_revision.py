"""A change is shown by its effects, in each environment."""

from typing import Any

from audit.finding import ABSENT
from audit.revision import Edit, Kind, in_all, stack_changes
from audit.synthesized import Stack


def stack(memory: int, **queue: Any) -> Stack:
    """Return a stack with one setting and one queue."""
    return Stack.from_json(
        "payments-dev",
        {
            "locals": {"memory": memory, "blueprint_digest": str(hash((memory, str(queue))))},
            "resource": {"aws_sqs_queue": {"q": {"size": "${local.memory}", **queue}}},
        },
    )


def changes(before: Stack | None, after: Stack | None) -> Any:
    """Return what became of the one stack."""
    sides = ({"payments-dev": one} if one else {} for one in (before, after))
    (found,) = stack_changes(*sides)
    return found


def test_nothing_changes_where_nothing_changed() -> None:
    """Not even the digest's own local."""
    assert changes(stack(1), stack(1)).is_none


def test_a_setting_is_shown_with_what_it_changes() -> None:
    """The attribute as it evaluates, not as it is written."""
    found = changes(stack(1), stack(2))
    assert found.settings == (Edit(kind=Kind.CHANGED, where="memory", before=1, after=2),)
    assert found.elements == (
        Edit(kind=Kind.CHANGED, where="aws_sqs_queue.q", path="size", before=1, after=2),
    )
    assert found.before == found.after  # The blueprint is the same; the settings are not.


def test_attributes_come_and_go() -> None:
    """With the value that was, or is now."""
    found = changes(stack(1, old=1), stack(1, new=[{"a": True}]))
    assert found.elements == (
        Edit(kind=Kind.ADDED, where="aws_sqs_queue.q", path="new[0].a", after=True),
        Edit(kind=Kind.REMOVED, where="aws_sqs_queue.q", path="old", before=1),
    )


def test_types_count() -> None:
    """The number 1 is not true."""
    assert len(changes(stack(1, x=1), stack(1, x=True)).elements) == 1


def test_a_stack_that_is_new_or_gone_is_said_to_be() -> None:
    """With all that is in it."""
    new = changes(None, stack(1))
    assert (new.before, [one.kind for one in new.elements]) == ("", [Kind.ADDED])
    gone = changes(stack(1), None)
    assert (gone.after, [one.kind for one in gone.elements]) == ("", [Kind.REMOVED])
    assert new.settings[0].before is ABSENT


def test_what_is_the_same_in_several_stacks_is_one_row() -> None:
    """A reviewer reads it once."""
    before, after = ({f"p-{e}": stack(size) for e in ("dev", "prod")} for size in (1, 2))
    ((edit, stacks),) = in_all(stack_changes(before, after))
    assert (edit.path, stacks) == ("size", ("p-dev", "p-prod"))

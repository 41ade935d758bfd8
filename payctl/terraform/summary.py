"""Sums up a plan for people: what is created, changed, replaced, destroyed, and what is lost."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final, Self

from attrs import frozen

from audit.terraform_json import known

KEEPS_DATA: Final = frozenset(
    {
        "aws_db_instance",
        "aws_dynamodb_table",
        "aws_cloudwatch_log_group",
        "aws_kms_key",
        "aws_rds_cluster",
        "aws_rds_cluster_instance",
        "aws_s3_bucket",
        "aws_s3_object",
        "aws_sqs_queue",
    }
)
"""Types whose end is the end of data."""


class Action(Enum):
    """What happens to a resource."""

    CREATED = "created"
    CHANGED = "changed"
    REPLACED = "replaced"
    DESTROYED = "destroyed"


@frozen(kw_only=True)
class Step:
    """What happens to one resource.

    Attributes:
        attributes: What changes in it, or what makes it be replaced.

        loses_data: Whether data goes with it.
    """

    action: Action
    address: str
    attributes: tuple[str, ...] = ()
    loses_data: bool = False


@frozen
class Summary:
    """Everything that a plan does to resources and outputs."""

    steps: tuple[Step, ...]
    outputs: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: object) -> Self:
        """Sum up *plan*, as `terraform show -json` writes it.

        Raises:
            UnknownFormatError: When its format is not known.
        """
        document = known(plan, "plan")
        steps = (
            step
            for change in document.get("resource_changes", ())
            if change.get("mode") != "data" and (step := _step(change))
        )
        outputs = (
            name
            for name, change in document.get("output_changes", {}).items()
            if set(change["actions"]) - {"no-op"}
        )
        return cls(tuple(sorted(steps, key=_order)), tuple(sorted(outputs)))

    def of_action(self, action: Action) -> tuple[Step, ...]:
        """Return the steps of one action."""
        return tuple(step for step in self.steps if step.action is action)

    @property
    def losses(self) -> tuple[Step, ...]:
        """The steps that lose data."""
        return tuple(step for step in self.steps if step.loses_data)

    @property
    def changes_nothing(self) -> bool:
        """Whether reality is as the code says."""
        return not self.steps and not self.outputs

    def __str__(self) -> str:
        """Return it as `3 created, 1 replaced`."""
        counts = [(action, len(self.of_action(action))) for action in Action]
        return ", ".join(f"{n} {action.value}" for action, n in counts if n) or "nothing changes"


def _step(entry: Mapping[str, Any]) -> Step | None:
    actions = set(entry["change"]["actions"])
    if actions == {"create"}:
        action = Action.CREATED
    elif actions == {"delete"}:
        action = Action.DESTROYED
    elif actions == {"create", "delete"}:
        action = Action.REPLACED
    elif "update" in actions:
        action = Action.CHANGED
    else:
        return None
    ends = action in (Action.DESTROYED, Action.REPLACED)
    return Step(
        action=action,
        address=entry["address"],
        attributes=tuple(_attributes(entry["change"], action)),
        loses_data=ends and entry["type"] in KEEPS_DATA,
    )


def _attributes(change: Mapping[str, Any], action: Action) -> Iterable[str]:
    if action is Action.REPLACED:
        paths = change.get("replace_paths", ())
        return sorted({".".join(str(step) for step in path) for path in paths})
    if action is Action.CHANGED:
        before, after = change.get("before") or {}, change.get("after") or {}
        unknown = change.get("after_unknown") or {}
        names = {*before, *after}
        return sorted(
            name for name in names if before.get(name) != after.get(name) and not unknown.get(name)
        )
    return ()


def _order(step: Step) -> tuple[int, str]:
    return list(Action).index(step.action), step.address

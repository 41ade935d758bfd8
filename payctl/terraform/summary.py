"""Sums up a plan for people: what is created, changed, replaced, destroyed, and what is lost."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final, Self

from attrs import frozen

from audit.errors import CouldNotCheckError, UnknownFormatError
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
    IMPORTED = "imported"
    MOVED = "moved"
    FORGOTTEN = "forgotten"


_ACTIONS: Final[Mapping[frozenset[str], Action | None]] = {
    frozenset({"no-op"}): None,
    frozenset({"read"}): None,
    frozenset({"create"}): Action.CREATED,
    frozenset({"update"}): Action.CHANGED,
    frozenset({"create", "delete"}): Action.REPLACED,
    frozenset({"create", "forget"}): Action.REPLACED,
    frozenset({"delete"}): Action.DESTROYED,
    frozenset({"forget"}): Action.FORGOTTEN,
}
"""What Terraform 1.11 plans; an import and a move come with any of them."""


@frozen(kw_only=True)
class Step:
    """What happens to one resource.

    Attributes:
        attributes: What changes in it, or what makes it be replaced; of an import the id, of a
            move the old address.

        loses_data: Whether data goes with it.
    """

    action: Action
    address: str
    attributes: tuple[str, ...] = ()
    loses_data: bool = False


@frozen
class Summary:
    """Everything that a plan does to resources and outputs.

    Attributes:
        applyable: Whether Terraform itself says that there is something to apply.
    """

    steps: tuple[Step, ...]
    outputs: tuple[str, ...] = ()
    applyable: bool = False

    @classmethod
    def of(cls, plan: object) -> Self:
        """Sum up *plan*, as `terraform show -json` writes it.

        Raises:
            UnknownFormatError: When its format, or an action in it, is not known.
            CouldNotCheckError: When it is a plan of only a part, or failed.
        """
        document = known(plan, "plan")
        complete(document)
        steps = (
            step
            for change in document.get("resource_changes", ())
            if change.get("mode") != "data"
            for step in _steps(change)
        )
        outputs = (
            name
            for name, change in document.get("output_changes", {}).items()
            if set(change["actions"]) - {"no-op"}
        )
        return cls(
            tuple(sorted(steps, key=_order)),
            tuple(sorted(outputs)),
            applyable=bool(document.get("applyable")),
        )

    def of_action(self, action: Action) -> tuple[Step, ...]:
        """Return the steps of one action."""
        return tuple(step for step in self.steps if step.action is action)

    @property
    def losses(self) -> tuple[Step, ...]:
        """The steps that lose data."""
        return tuple(step for step in self.steps if step.loses_data)

    @property
    def changes_nothing(self) -> bool:
        """Whether there is nothing to apply: no step, no output, and Terraform says so too."""
        return not self.steps and not self.outputs and not self.applyable

    def __str__(self) -> str:
        """Return it as `3 created, 1 replaced`."""
        counts = [(action, len(self.of_action(action))) for action in Action]
        said = ", ".join(f"{n} {action.value}" for action, n in counts if n)
        if said or self.changes_nothing:
            return said or "nothing changes"
        return "outputs change" if self.outputs else "something changes that is no resource"


def complete(document: Mapping[str, Any]) -> None:
    """Check that a plan is of all there is.

    Raises:
        CouldNotCheckError: When it was made with `-target`, put something off, or failed.
    """
    if document.get("errored") or document.get("complete") is False:
        raise CouldNotCheckError(
            "plan: must be complete and without errors, is not: it was made of a part (-target), "
            "or an error ended it"
        )
    if document.get("deferred_changes"):
        raise CouldNotCheckError("plan: must decide everything, puts off some changes")


def _steps(entry: Mapping[str, Any]) -> Iterable[Step]:
    change, address = entry["change"], entry["address"]
    actions = frozenset(change["actions"])
    if actions not in _ACTIONS:
        raise UnknownFormatError(f"plan: {address} has actions we do not know: {sorted(actions)}")
    if "importing" in change:
        identity = str((change["importing"] or {}).get("id", ""))
        yield Step(action=Action.IMPORTED, address=address, attributes=(identity,))
    if entry.get("previous_address", address) != address:
        yield Step(
            action=Action.MOVED, address=address, attributes=(f"was {entry['previous_address']}",)
        )
    action = _ACTIONS[actions]
    if action is not None:
        yield Step(
            action=action,
            address=address,
            attributes=("tainted: its creation failed",)
            if entry.get("action_reason") == "replace_because_tainted"
            else tuple(_attributes(change, action)),
            loses_data="delete" in actions and entry["type"] in KEEPS_DATA,
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

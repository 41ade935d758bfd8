"""Examines what is deployed in an environment: what is apart from the code, and in which way."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from audit.drift import Acceptance, Change, Class, classify
from gates.exceptions_file import accepted_drift
from gates.judge import today
from model.environment import Environment
from payctl.access import Access
from payctl.aws.state_bucket import StateBucket, identities
from payctl.aws.unmanaged import unmanaged
from payctl.project import Project
from payctl.terraform.session import Session
from payctl.terraform.terraform import Progress

NOT_DEPLOYED: Final = "(not deployed)"


@frozen(kw_only=True)
class Examination:
    """What was found in one environment.

    Attributes:
        accepted: What the environment's platform accepts, needed or not.
    """

    environment: Environment
    changes: tuple[Change, ...]
    accepted: tuple[Acceptance, ...]


def _silent(_: str) -> None:
    """Show nothing."""


def examined(
    project: Project, environment: Environment, progress: Progress = _silent
) -> Examination:
    """Compare what is deployed in *environment* with its state and its code; nothing changes."""
    access = Access.to(project.name, environment)
    accepted = accepted_drift(project.name)
    state_stack = project.state_stack_name(environment)
    names = [*([state_stack] if state_stack in project.stacks else []),
             *project.stack_names(environment)]  # fmt: skip
    known: set[str] = set()
    changes: list[Change] = []
    for name in names:
        stack = project.stacks[name]
        state = StateBucket.of(stack, access).state()
        if not state or not state.get("resources"):
            reason = access.endpoint.not_deployable(stack)
            changes.append(
                Change(kind=Class.PENDING, address=name, after=NOT_DEPLOYED, accepted=reason)
            )
            continue
        known |= identities(state)
        plan = _plan(Session.open(project, environment, name).reporting(progress))
        found = classify(plan, accepted=accepted, today=today())
        changes += _with_unsettled_accepted(found, access.endpoint.unsettled)
    progress("looking for what nobody declared")
    lone = unmanaged(access, project=project, environment=environment, known=known)
    nothing: dict[str, Any] = {"format_version": "1.2"}
    changes += classify(nothing, unmanaged=lone, accepted=accepted, today=today())
    return Examination(environment=environment, changes=tuple(changes), accepted=accepted)


def _plan(session: Session) -> dict[str, Any]:
    with session.workspace.alone():
        session.terraform.init()
        return session.terraform.plan(lock=False)


def _with_unsettled_accepted(
    changes: Iterable[Change], unsettled: Mapping[str, str]
) -> Iterator[Change]:
    """Accept what is planned for ever because the endpoint does not store it."""
    for change in changes:
        reason = unsettled.get(change.address.partition(".")[0], "")
        accepted = change.kind is Class.PENDING and reason
        yield evolve(change, accepted=reason) if accepted else change

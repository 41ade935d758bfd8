"""Examines what is deployed in an environment: what is apart from the code, and in which way."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve, frozen

from audit.canonical import digest
from audit.change import Acceptance, Change, Class
from audit.drift import classify, unchanged_code
from audit.errors import CouldNotCheckError
from gates.exceptions_file import accepted_drift
from gates.judge import today
from model.environment import Environment
from payctl.access import Access
from payctl.attached.outside import outside
from payctl.aws.records import Records
from payctl.aws.state_bucket import StateBucket
from payctl.errors import CannotError
from payctl.project import Project
from payctl.record import Record
from payctl.terraform.session import Session
from payctl.terraform.terraform import Progress

NOT_DEPLOYED: Final = "(not deployed)"
APART: Final = (Class.DRIFT, Class.GONE, Class.UNMANAGED, Class.UNRECORDED)
"""The classes in which something is wrong."""


@frozen(kw_only=True)
class Examination:
    """What was found in one environment.

    Attributes:
        accepted: What the environment's platform accepts, needed or not.

        problem: Why it could not be examined; empty when it was.
    """

    environment: Environment
    changes: tuple[Change, ...]
    accepted: tuple[Acceptance, ...]
    problem: str = ""

    @property
    def apart(self) -> tuple[Change, ...]:
        """What is wrong and that nobody accepted."""
        return tuple(one for one in self.changes if one.kind in APART and not one.accepted)


def _silent(_: str) -> None:
    """Show nothing."""


def examined(
    project: Project, environment: Environment, progress: Progress = _silent
) -> Examination:
    """Compare what is deployed in *environment* with its records and its code; nothing changes."""
    access = Access.to(project.name, environment)
    state_stack = project.state_stack_name(environment)
    names = [*([state_stack] if state_stack in project.stacks else []),
             *project.stack_names(environment)]  # fmt: skip
    states: dict[str, Mapping[str, Any]] = {}
    others: list[Mapping[str, Any]] = []
    changes: list[Change] = []
    for name in names:
        stack = project.stacks[name]
        bucket = StateBucket.of(stack, access)
        state = bucket.state()
        if not state or not state.get("resources"):
            reason = access.endpoint.not_deployable(stack)
            changes.append(
                Change(
                    kind=Class.PENDING,
                    address=name,
                    stack=name,
                    after=NOT_DEPLOYED,
                    accepted=reason,
                )
            )
            continue
        states[name] = state
        others = others or list(bucket.other_states())
        session = Session.open(project, environment, name).reporting(progress)
        with session.workspace.alone():
            session.terraform.init()
            plan = session.terraform.plan(lock=False)
        changes += apart(session, plan, state)
    progress("looking for what is attached from outside")
    accepted = accepted_drift(project.name)
    platform = project.blueprint.platform
    found_outside = outside(access, platform, environment, states=states, others=others)
    nothing: dict[str, Any] = {"format_version": "1.2"}
    changes += classify(nothing, outside=found_outside, accepted=accepted, today=today())
    return Examination(environment=environment, changes=tuple(changes), accepted=accepted)


def examined_or_not(
    project: Project, environment: Environment, progress: Progress = _silent
) -> Examination:
    """Examine *environment*, or say why that was not possible: it must hide no other one."""
    try:
        return examined(project, environment, progress)
    except (CannotError, CouldNotCheckError) as error:
        return Examination(environment=environment, changes=(), accepted=(), problem=str(error))


def apart(
    session: Session, plan: Mapping[str, Any], state: Mapping[str, Any] | None
) -> tuple[Change, ...]:
    """Return how the stack of *session* is apart from what was deployed there, and from its code.

    *plan* compares the code with reality; *state* is what Terraform knows of it.
    """
    stack = session.workspace.stack
    records = Records.of(stack, session.access)
    last = records.last()
    found: Iterable[Change] = classify(
        plan,
        stack=stack.name,
        baseline=records.baseline(last) if last and (state or {}).get("resources") else None,
        accepted=accepted_drift(session.project.name),
        today=today(),
    )
    found = _accepted_when_deployed(found, last)
    found = _with_unsettled_accepted(found, session.access.endpoint.unsettled)
    deployed = (last.blueprint_sha256, last.settings_sha256) if last and last.is_finished else None
    if deployed == (stack.digest, digest(stack.locals)):
        found = unchanged_code(found)
    return (*found, *_unrecorded(stack.name, last, state or {}))


def _unrecorded(name: str, last: Record | None, state: Mapping[str, Any]) -> Iterator[Change]:
    """Yield that somebody moved the state past payctl, or that payctl was killed while it did."""
    if not state.get("resources"):
        return
    there = f"serial {state.get('serial')} of {state.get('lineage')}"
    if last is None:
        yield Change(kind=Class.UNRECORDED, address="(state)", stack=name, after=there)
    elif (last.lineage, last.serial) != (state.get("lineage"), state.get("serial")):
        left = f"serial {last.serial} of {last.lineage}" if last.lineage else ""
        killed = f"deployment {last.id} by {last.by}, which never ended"
        yield Change(
            kind=Class.UNRECORDED, address="(state)", stack=name, before=left or killed, after=there
        )


def _accepted_when_deployed(changes: Iterable[Change], last: Record | None) -> Iterator[Change]:
    """Accept what the last deployment left on purpose, for the reason that was given then."""
    reasons = {(one.address, one.path): one.reason for one in last.left} if last else {}
    for change in changes:
        reason = reasons.get((change.address, change.path), "")
        if reason and last and not change.accepted and change.kind in APART:
            yield evolve(change, accepted=f"{reason} ({last.by}, {last.at})")
        else:
            yield change


def _with_unsettled_accepted(
    changes: Iterable[Change], unsettled: Mapping[str, str]
) -> Iterator[Change]:
    """Accept what is planned for ever because the endpoint does not store it."""
    for change in changes:
        reason = unsettled.get(change.address.partition(".")[0], "")
        accepted = change.kind is Class.PENDING and reason
        yield evolve(change, accepted=reason) if accepted else change

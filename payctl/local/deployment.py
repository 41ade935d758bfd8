"""Terraform for a local copy: the same stacks, the same order, the same state bucket as in AWS."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from model.environment import Environment
from payctl.aws.state_bucket import StateBucket
from payctl.deployment import deployment_record
from payctl.local.place import Place
from payctl.local.record import Record
from payctl.local.terraform_init import initialize
from payctl.project import Project
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.terraform.terraform import Terraform
from payctl.terraform.workspace import Workspace

Progress = Callable[[str], None]
_MIGRATE: Final = ("-migrate-state", "-force-copy")
_MIGRATION: Final = "run_migration"
_WITHOUT_MIGRATION: Final = {f"TF_VAR_{_MIGRATION}": "false"}


def deploy(
    project: Project,
    environment: Environment,
    place: Place,
    record: Record,
    progress: Progress,
    *,
    first: bool,
) -> dict[str, Any]:
    """Create or update what holds the state, then everything else; return the outputs.

    Args:
        first: Whether nothing was deployed there before.

    Raises:
        TerraformError: When Terraform does not succeed.
    """
    outputs: dict[str, Any] = {}
    if _keeps_state_remotely(project, environment):
        _bootstrap(_session(project, environment, place, record, _state(project, environment)))
    for name in project.stack_names(environment):
        session = _session(project, environment, place, record, name).reporting(progress)
        if not _keeps_state_remotely(project, environment):
            session.workspace.keep_state_locally()
        with session.workspace.alone():
            initialize(session.terraform)
            summary = _apply_in_two_steps(session) if first else _apply(session)
            session.terraform.refresh()
            outputs |= session.terraform.outputs()
        if _keeps_state_remotely(project, environment):
            bucket = StateBucket.of(session.workspace.stack, session.access)
            bucket.record(deployment_record(session, summary, override="a copy on one machine"))
    return outputs


def destroy(
    project: Project,
    environment: Environment,
    place: Place,
    record: Record,
    progress: Progress,
) -> None:
    """Remove everything, then what held the state.

    Raises:
        TerraformError: When Terraform does not succeed.
    """
    for name in reversed(project.stack_names(environment)):
        session = _session(project, environment, place, record, name).reporting(progress)
        if not _keeps_state_remotely(project, environment):
            session.workspace.keep_state_locally()
        with session.workspace.alone():
            initialize(session.terraform)
            session.terraform.plan(destroy=True)
            session.terraform.apply()
    if _keeps_state_remotely(project, environment):
        session = _session(project, environment, place, record, _state(project, environment))
        with session.workspace.alone():
            initialize(session.terraform)
            session.workspace.keep_state_locally()
            initialize(session.terraform, *_MIGRATE)
            session.terraform.plan(destroy=True)
            session.terraform.apply()


def _bootstrap(session: Session) -> None:
    bucket = StateBucket.of(session.workspace.stack, session.access)
    first = not bucket.exists()
    with session.workspace.alone():
        if first:
            session.workspace.keep_state_locally()
        initialize(session.terraform)
        _apply(session)
        if first:
            session.workspace.keep_state_remotely()
            initialize(session.terraform, *_MIGRATE)
            for file in session.workspace.folder.glob("terraform.tfstate*"):
                file.unlink()
        session.terraform.refresh()


def _apply_in_two_steps(session: Session) -> Summary:
    """Apply without the migration, then with it.

    The emulator knows a cluster's endpoint only when the cluster has an instance, and says something
    else before. The second step tells the functions, and migrates.
    """
    if _MIGRATION not in session.workspace.stack.body.get("variable", {}):
        return _apply(session)
    summary = _apply(_with_variables(session, _WITHOUT_MIGRATION))
    session.terraform.refresh()
    _apply(session)
    return summary


def _with_variables(session: Session, variables: Mapping[str, str]) -> Session:
    """Return the same session with more environment variables for Terraform."""
    access = evolve(session.access, variables={**session.access.variables, **variables})
    workspace = evolve(session.workspace, access=access)
    return evolve(session, terraform=evolve(session.terraform, workspace=workspace))


def _apply(session: Session) -> Summary:
    try:
        summary = Summary.of(session.terraform.plan())
        if not summary.changes_nothing:
            session.terraform.apply()
    finally:
        session.terraform.forget_plan()
    return summary


def _session(
    project: Project, environment: Environment, place: Place, record: Record, stack: str
) -> Session:
    """Open *stack* in the place; whoever says `payctl local` has confirmed already."""
    workspace = Workspace.prepare(
        project.output,
        project.stacks[stack],
        access=record.access_of(place, {} if record.ledger else _WITHOUT_MIGRATION),
        cache=place.folder,
    )
    session = Session(
        project=project, environment=environment, terraform=Terraform(workspace=workspace)
    )
    return session.confirmed(session.word)


def _state(project: Project, environment: Environment) -> str:
    return project.state_stack_name(environment)


def _keeps_state_remotely(project: Project, environment: Environment) -> bool:
    """Tell whether the copy has a stack for its state; one with a suffix has none."""
    return _state(project, environment) in project.stacks

"""`payctl bootstrap`."""

from typing import Final

from payctl.aws.service_linked_roles import make_missing
from payctl.aws.state_bucket import StateBucket
from payctl.confirmation import confirmed
from payctl.delivery import Orders, deliver
from payctl.deployment import Intent, recorded
from payctl.errors import CannotError
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.plan_view import show_plan
from payctl.project import Project
from payctl.screen import say, working
from payctl.selection import FLAGSHIP, Confirm, OneEnvironment, Selection, Verbose
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.terraform.terraform import MIGRATE

_KEY: Final = "state.kms_key_arn"


def bootstrap(
    environment: OneEnvironment,
    *,
    confirm: Confirm = "",
    selection: Selection = FLAGSHIP,
    verbose: Verbose = False,
) -> int:
    """Create the bucket and the lock table where an environment keeps its state.

    And, where the account lacks them, the roles with which AWS's own services work.

    Once per account, before the first deployment. While there is no bucket the state is a file;
    when there is one, the state moves into it. Interrupted at any point, the same command goes
    on where it was; on an account that has everything it changes what the code changed.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    if not passed(project):
        return FINDINGS
    chosen = project.environment(environment)
    name = project.state_stack_name(chosen)
    if name not in project.stacks:
        raise CannotError(
            f"a copy with the suffix {selection.suffix!r} has no state of its own to set up",
            next_step=f"payctl bootstrap {environment} --platform {selection.platform}",
        )
    session = Session.open(project, chosen, name)
    session = session.confirmed(session.confirmation_token)
    bucket = StateBucket.of(session.workspace.stack, session.access)
    first = session.workspace.local_state.exists() or bucket.state() is None
    if first and bucket.exists() and not session.workspace.local_state.exists():
        raise CannotError(
            f"the bucket {bucket.bucket} exists, but nobody knows how it came to be: "
            f"{bucket.key} is not in it",
            next_step="bootstrap where it was begun, or import the bucket, or remove it",
        )
    with working("looking for the roles that services need"):
        made = make_missing(session.access, project.stacks)
    if made:
        say(f"made the roles of {', '.join(made)}, which the account lacked")
    if first:
        _create(session, said=confirm, verbose=verbose, where=project.where(_KEY, environment))
    elif not deliver(session, Orders(confirm=confirm, verbose=verbose)):
        return FINDINGS
    say(f"{name}: the state of {environment} is in s3://{bucket.bucket}", style="green")
    return FINE


def _create(session: Session, *, said: str, verbose: bool, where: str) -> None:
    """Create what holds the state with a file for a state, and move that in; then record it."""
    with session.workspace.alone():
        with working(f"planning {session.name}") as work:
            planning = session.reporting(work.at).terraform
            session.workspace.keep_state_locally()
            planning.init()
            plan = planning.plan()
        summary = Summary.of(plan)
        show_plan(session.name, summary, verbose=verbose)
        if not summary.changes_nothing:
            session = confirmed(session, said)
            session.workspace.verify()
            with working(f"creating {session.name}") as work:
                session.reporting(work.at).terraform.apply()
        _same_key(session, where)
        with working("moving the state into its bucket"):
            session.workspace.keep_state_remotely()
            session.terraform.init(*MIGRATE)
            _forget_local_state(session)
        with recorded(session, Intent(summary=str(summary), plan=plan)):
            session.terraform.refresh()


def _same_key(session: Session, where: str) -> None:
    """Stop while the settings name another key than the one that now is there for the state.

    Raises:
        CannotError: With the line to change; the same command goes on from here.
    """
    made = session.terraform.outputs().get("state_key_arn", "")
    said = session.workspace.stack.backend["s3"].get("kms_key_id")
    if made and made != said:
        raise CannotError(
            f"{where}: {_KEY} must be {made}, the key that was just made for the state, got {said}",
            next_step="write it there, and repeat this command",
        )


def _forget_local_state(session: Session) -> None:
    """Remove the file only when the bucket has the state."""
    if StateBucket.of(session.workspace.stack, session.access).state():
        for file in session.workspace.folder.glob("terraform.tfstate*"):
            file.unlink()

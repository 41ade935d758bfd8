"""`payctl destroy`."""

from contextlib import nullcontext
from typing import Annotated

from cyclopts import Parameter

from model.environment import Environment
from payctl.access import Access
from payctl.attached.neighbours import unmanaged
from payctl.aws.removal import how_to_remove
from payctl.aws.state_bucket import StateBucket, identities
from payctl.confirmation import confirmed
from payctl.deployment import Intent, recorded
from payctl.exit_status import FINDINGS, FINE
from payctl.plan_view import show_plan
from payctl.project import Project
from payctl.record import Outcome
from payctl.screen import complain, note, say, working
from payctl.selection import FLAGSHIP, Confirm, Selection, Stack, WhichEnvironment
from payctl.target import targets
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.terraform.terraform import MIGRATE

WithState = Annotated[
    bool,
    Parameter(negative=(), help="Also what holds the state; the account is then as before."),
]


def destroy(
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    with_state: WithState = False,
    confirm: Confirm = "",
    selection: Selection = FLAGSHIP,
) -> int:
    """Remove an environment and everything in it, without manual steps.

    What goes is listed in full first. An environment that must be confirmed asks for the stack's
    name, or takes `--confirm`. `--with-state` finally removes the state's bucket and lock table,
    once every stack that keeps its state there is gone. `--stack` removes one stack alone, such as
    `governance`, or `pipeline` when no environment is named.

    In the end the account is asked for what still has the environment's names or tags: what a
    deployment made that failed before it wrote its state, or somebody by hand. Each is listed with
    the command that removes it; exit status 1.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    chosen = targets(project, environment, stack)
    for target in reversed(chosen):
        session = Session.open(project, target.environment, target.stack)
        if StateBucket.of(session.workspace.stack, session.access).state() is None:
            say(f"{target.stack} is not deployed.")
            continue
        _destroy(session, said=confirm, keeps_state=False)
    home = chosen[0].environment
    state = project.state_stack_name(home)
    if with_state and not stack and state in project.stacks:
        _destroy(Session.open(project, home, state), said=confirm, keeps_state=True)
    if stack:
        return FINE
    return _left(project, home)


def _left(project: Project, environment: Environment) -> int:
    """Ask the account what of the environment is still there, and say how it is removed."""
    name, access = environment.identity.name, Access.to(project.name, environment)
    bucket = StateBucket.of(project.stacks[project.stack_name(environment)], access)
    states = (*bucket.other_states(), bucket.state()) if bucket.exists() else ()
    keys = project.blueprint.platform.tag_keys
    with working(f"asking the account what is left of {name}"):
        left = tuple(
            unmanaged(
                access,
                names=environment.names(project.blueprint.platform),
                tags={keys.project: project.name, keys.environment: name},
                known=frozenset().union(*(identities(state) for state in states)),
            )
        )
    for one in left:
        complain(f"left: {one}", next_step=how_to_remove(one))
    if left:
        note(f"{len(left)} resources of {name} are in no state; nothing but a person removes them.")
        return FINDINGS
    say(f"Nothing but what a state knows has the names or tags of {name}.", style="green")
    return FINE


def _destroy(session: Session, *, said: str, keeps_state: bool) -> None:
    """Destroy one stack; the one that *keeps_state* first migrates its state to a local file."""
    session = session.confirmed(session.confirmation_token)
    with session.workspace.alone():
        with working(f"planning the destruction of {session.name}") as work:
            planning = session.reporting(work.at).terraform
            planning.init()
            if keeps_state:
                session.workspace.keep_state_locally()
                planning.init(*MIGRATE)
            plan = planning.plan(destroy=True)
            summary = Summary.of(plan)
        show_plan(session.name, summary, verbose=True)
        session = confirmed(session, said)
        intent = Intent(summary=f"destruction: {summary}", plan=plan)
        record = recorded(session, intent, done=Outcome.DESTROYED)
        # The bucket of the records goes with the stack that keeps the state.
        with (
            working(f"destroying {session.name}") as work,
            nullcontext() if keeps_state else record,
        ):
            session.reporting(work.at).terraform.apply()
    if keeps_state:
        for file in session.workspace.folder.glob("terraform.tfstate*"):
            file.unlink()
    say(f"{session.name} is destroyed.", style="green")

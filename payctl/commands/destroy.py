"""`payctl destroy`."""

from typing import Annotated

from cyclopts import Parameter

from payctl.aws.state_bucket import StateBucket
from payctl.confirmation import confirmed
from payctl.exit_status import FINE
from payctl.plan_view import show_plan
from payctl.project import Project
from payctl.screen import say, working
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
    return FINE


def _destroy(session: Session, *, said: str, keeps_state: bool) -> None:
    """Destroy one stack; the one that *keeps_state* takes its own state home first."""
    session = session.confirmed(session.word)
    with session.workspace.alone():
        with working(f"planning the end of {session.name}") as work:
            planning = session.reporting(work.at).terraform
            planning.init()
            if keeps_state:
                session.workspace.keep_state_locally()
                planning.init(*MIGRATE)
            summary = Summary.of(planning.plan(destroy=True))
        show_plan(session.name, summary, verbose=True)
        session = confirmed(session, said)
        with working(f"destroying {session.name}") as work:
            session.reporting(work.at).terraform.apply()
    if keeps_state:
        for file in session.workspace.folder.glob("terraform.tfstate*"):
            file.unlink()
    say(f"{session.name} is gone.", style="green")

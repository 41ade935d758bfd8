"""`payctl deploy`."""

from typing import Annotated

from cyclopts import Parameter

from payctl.aws.state_bucket import StateBucket
from payctl.confirmation import confirmed
from payctl.deployment import deployment_record
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.plan_view import show_plan
from payctl.project import Project
from payctl.promotion import objections
from payctl.screen import complain, note, say, working
from payctl.selection import FLAGSHIP, Confirm, Selection, Stack, Verbose, WhichEnvironment
from payctl.target import Target, targets
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary

Override = Annotated[
    str, Parameter(help="Why the promotion rule does not count this time; it is recorded.")
]


def deploy(
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    confirm: Confirm = "",
    override: Override = "",
    selection: Selection = FLAGSHIP,
    verbose: Verbose = False,
) -> int:
    """Deploy an environment with one command.

    1. Every gate runs on what is synthesized now: our own rules, and checkov where it is installed.
    2. The promotion rule: staging takes only the blueprint that dev runs without drift, prod only
       what staging runs. `--override REASON` sets it aside, and is recorded.
    3. The plan is shown; what replaces or destroys is listed in full, what loses data is shouted.
    4. An environment that must be confirmed asks for the stack's name, or takes `--confirm`.
    5. Terraform applies exactly that plan, then reads everything back, so that drift found later
       is never an echo of this deployment. Who deployed what is recorded beside the state.

    An environment's stacks follow one another: its network where that is a stack of its own, the
    application, and what watches over it. `payctl deploy prod --stack governance` deploys one of
    them, by the same gates and with the same confirmation.

    `payctl deploy --stack pipeline` deploys the pipeline, which is of no environment: nothing is
    promoted to it and nothing asked. Its account is reached as `delivery` (the profile
    `payments-delivery`, or `PAYCTL_PROFILE_DELIVERY`), and has the bucket of its state already.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    if not passed(project):
        return FINDINGS
    chosen = targets(project, environment, stack)
    with working("asking the environment before"):
        against = objections(project, chosen[0].environment)
    for objection in against:
        (note if override else complain)(objection)
    if against and not override:
        note("Not promoted; nothing changed. --override REASON sets the rule aside.")
        return FINDINGS
    for target in chosen:
        _deploy(
            project, target, confirm=confirm, override=override if against else "", verbose=verbose
        )
    return FINE


def _deploy(
    project: Project, target: Target, *, confirm: str, override: str, verbose: bool
) -> None:
    name = target.stack
    session = Session.open(project, target.environment, name)
    # The word is needed for the plan already: Terraform keeps it in the plan that it applies.
    session = session.confirmed(session.word)
    with session.workspace.alone():
        with working(f"planning {name}") as work:
            planning = session.reporting(work.at).terraform
            planning.init()
            summary = Summary.of(planning.plan())
        show_plan(name, summary, verbose=verbose)
        if not summary.changes_nothing:
            session = confirmed(session, confirm)
            session.workspace.verify()
            with working(f"deploying {name}") as work:
                session.reporting(work.at).terraform.apply()
        with working(f"reading back {name}") as work:
            session.reporting(work.at).terraform.refresh()
        outputs = session.terraform.outputs()
    bucket = StateBucket.of(session.workspace.stack, session.access)
    bucket.record(deployment_record(session, summary, override=override))
    say(f"{name} runs blueprint {session.workspace.stack.digest[:12]}", style="green")
    for output, value in outputs.items():
        say(f"    {output} = {value}")

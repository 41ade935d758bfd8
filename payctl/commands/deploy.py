"""`payctl deploy`."""

from typing import Annotated

from cyclopts import Parameter

from payctl.delivery import Orders, deliver
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.project import Project
from payctl.promotion import objections
from payctl.screen import complain, note, working
from payctl.selection import FLAGSHIP, Confirm, Selection, Stack, Verbose, WhichEnvironment
from payctl.target import targets
from payctl.terraform.session import Session

Override = Annotated[
    str, Parameter(help="Why the promotion rule does not count this time; it is recorded.")
]
Repair = Annotated[
    bool, Parameter(negative=(), help="Make anew what was changed by hand and no plan repairs.")
]
Accept = Annotated[
    str, Parameter(help="Why what no plan repairs may stay as it is; it is recorded.")
]
Unlock = Annotated[str, Parameter(help="The id of the state lock that a killed run left.")]


def deploy(  # noqa: PLR0913 - the options of the command
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    confirm: Confirm = "",
    override: Override = "",
    repair: Repair = False,
    accept: Accept = "",
    unlock: Unlock = "",
    selection: Selection = FLAGSHIP,
    verbose: Verbose = False,
) -> int:
    """Deploy an environment with one command.

    1. Every gate runs on what is synthesized now: our own rules, and checkov where it is installed.
    2. The promotion rule: staging takes only the release that dev runs without drift, prod only
       what staging runs. `--override REASON` sets it aside, and is recorded.
    3. What was changed by hand since the last deployment is listed. What the plan does not repair
       stops the deployment: `--repair` makes it anew where that loses nothing, `--accept REASON`
       lets it stay, on record.
    4. The plan is shown; what replaces or destroys is listed in full, what loses data is shouted.
    5. An environment that must be confirmed asks for the stack's name, or takes `--confirm`.
    6. The intent is recorded beside the state, Terraform applies exactly that plan, and a second
       plan must be empty. Only echoes of this apply are taken over into the state; the record says
       what was left behind, and later drift is measured by it.

    Exit status 1 when anything is not as the code says in the end. After an interruption the same
    command goes on where it was.

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
    orders = Orders(
        confirm=confirm,
        override=override if against else "",
        repair=repair,
        accept=accept,
        unlock=unlock,
        verbose=verbose,
    )
    for target in chosen:
        session = Session.open(project, target.environment, target.stack)
        if not deliver(session, orders):
            return FINDINGS
    return FINE

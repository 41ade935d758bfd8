"""`payctl plan`."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from audit.one_way import one_way_changes
from audit.release import release_id
from payctl.approval import Approval
from payctl.aws.state_bucket import StateBucket
from payctl.drift_view import show_changes
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.plan_view import show_plan
from payctl.project import Project
from payctl.screen import findings_table, note, say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Selection, Stack, Verbose, WhichEnvironment
from payctl.target import targets
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary
from payctl.watch import APART, apart

Save = Annotated[
    str, Parameter(help="A file for what is to be approved; its hash is printed as the last line.")
]


def plan(
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    save: Save = "",
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> int:
    """Show what `payctl deploy` would do to an environment; nothing changes.

    The gates run first: what must not be deployed is not even planned. They are our own rules,
    and checkov where it is installed. What was changed by hand since the last deployment is listed
    before each plan. Exit status 0, whether something would change or not; 1 when a gate is closed,
    or what holds payments would be replaced (`audit/one_way.py`).

    `payctl plan dev` plans every stack of dev; `payctl plan dev --stack governance` what watches
    over it; `payctl plan --stack pipeline` the pipeline, in its own account.

    `--save FILE` keeps the hash of each plan for an approval. `payctl deploy --approved FILE
    --plan HASH` deploys these plans and no others.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    if not passed(project):
        return FINDINGS
    plans: dict[str, dict[str, Any]] = {}
    for target in targets(project, environment, stack):
        session = Session.open(project, target.environment, target.stack)
        reason = session.access.endpoint.not_deployable(session.workspace.stack)
        if reason:
            note(f"{target.stack} was left out: {reason}")
            continue
        with working(f"planning {target.stack}") as work, session.workspace.alone():
            planning = session.reporting(work.at).confirmed(session.confirmation_token).terraform
            planning.init()
            plans[target.stack] = planning.plan(lock=False)
            state = StateBucket.of(session.workspace.stack, session.access).state()
            by_hand = apart(session, plans[target.stack], state)
        if not as_json:
            found = [one for one in by_hand if one.kind in APART and not one.accepted]
            if found:
                show_changes(f"{target.stack}: changed by hand since it was deployed", found)
            show_plan(target.stack, Summary.of(plans[target.stack]), verbose=verbose)
    forbidden = [finding for one in plans.values() for finding in one_way_changes(one)]
    if forbidden and not as_json:
        findings_table(forbidden)
    approval = Approval.of(release_id(project.stacks), plans)
    if as_json:
        say_json(list(approval.shown.values()))
    if save:
        approval.write(Path(save))
        say(approval.summary)
        say(f"release {approval.release}")
        say(approval.sha256)
    return FINDINGS if forbidden else FINE

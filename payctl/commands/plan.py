"""`payctl plan`."""

from audit.finding import Finding
from audit.one_way import one_way_changes
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.plan_view import plan_json, show_plan
from payctl.project import Project
from payctl.screen import findings_table, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Selection, Stack, Verbose, WhichEnvironment
from payctl.target import targets
from payctl.terraform.session import Session
from payctl.terraform.summary import Summary


def plan(
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> int:
    """Show what `payctl deploy` would do to an environment; nothing changes.

    The gates run first: what must not be deployed is not even planned. They are our own rules,
    and checkov where it is installed. Exit status 0, whether something would change or not; 1
    when a gate is closed, or something would be replaced that must not be (`audit/one_way.py`).

    `payctl plan dev` plans every stack of dev; `payctl plan dev --stack governance` what watches
    over it; `payctl plan --stack pipeline` the pipeline, in its own account.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    if not passed(project):
        return FINDINGS
    chosen = targets(project, environment, stack)
    summaries: dict[str, Summary] = {}
    forbidden: list[Finding] = []
    for target in chosen:
        session = Session.open(project, target.environment, target.stack)
        with working(f"planning {target.stack}") as work, session.workspace.alone():
            session = session.reporting(work.at)
            session.terraform.init()
            plan_ = session.terraform.plan(lock=False)
        summaries[target.stack] = Summary.of(plan_)
        forbidden += one_way_changes(plan_)
    if as_json:
        say_json([plan_json(name, summary) for name, summary in summaries.items()])
    else:
        for name, summary in summaries.items():
            show_plan(name, summary, verbose=verbose)
        if forbidden:
            findings_table(forbidden)
    return FINDINGS if forbidden else FINE

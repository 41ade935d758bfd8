"""`payctl rollback`."""

from typing import Annotated

from attrs import evolve
from cyclopts import Parameter

from audit import matrix, promise
from audit.release import release_id
from audit.synthesized import read_stacks
from model.environment import Environment
from payctl.access import Access
from payctl.aws.artifacts import Artifacts
from payctl.aws.records import Records
from payctl.delivery import Orders, deliver
from payctl.errors import CannotError
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.project import CACHE, Project
from payctl.record import Record
from payctl.screen import say, working
from payctl.selection import FLAGSHIP, Confirm, OneEnvironment, Selection, Verbose
from payctl.target import targets
from payctl.terraform.session import Session

_OF_THE_SETTINGS = frozenset({matrix.RULE, promise.RULE})
"""Rules that compare with the settings, which are those of today and not of the release."""

To = Annotated[
    str, Parameter(help="The release, or its first digits; the one before this one if none.")
]
Reason = Annotated[str, Parameter(help="Why; it is recorded.")]


def rollback(
    environment: OneEnvironment,
    *,
    reason: Reason,
    to: To = "",
    confirm: Confirm = "",
    selection: Selection = FLAGSHIP,
    verbose: Verbose = False,
) -> int:
    """Deploy a release again that ran in an environment before.

    What was deployed is kept in the bucket of the state: the stacks of all environments and the
    archives, named by the release. It is fetched, its name is worked out from its bytes, and it
    passes the same gates and the same deployment as any other: drift, plan, confirmation, record.
    Only the two rules that compare with today's settings are left out: it has its own.

    A plan that loses data asks for the stack's name in every environment. Migrations of the
    database are only ever added, and a release runs on a newer schema than its own; data written
    since stays.

    The environments before are not asked. `payctl status` lists what runs past them as a debt.
    """
    with working(f"synthesizing {selection.platform}"):
        now = Project.synthesized(selection)
    chosen = now.environment(environment)
    record = _found(now, chosen, to)
    with working(f"fetching release {record.release[:12]}"):
        before = _fetched(now, chosen, record.release)
    say(f"{environment} goes back to release {record.release[:12]}, deployed {record.at} by "
        f"{record.by} from commit {record.commit[:10] or 'unknown'}.")  # fmt: skip
    if not passed(before, without=_OF_THE_SETTINGS):
        return FINDINGS
    orders = Orders(
        confirm=confirm,
        override=f"rollback: {reason}",
        asks_for_losses=True,
        built=record.built,
        verbose=verbose,
    )
    for target in targets(before, environment, ""):
        session = Session.open(before, target.environment, target.stack)
        if session.access.endpoint.not_deployable(session.workspace.stack):
            continue
        if not deliver(session, orders):
            return FINDINGS
    return FINE


def _found(project: Project, environment: Environment, to: str) -> Record:
    """Return the newest finished deployment of another release, or of the one that begins so."""
    stack = project.stacks[project.stack_name(environment)]
    records = Records.of(stack, Access.to(project.name, environment))
    last = records.last()
    for record in records.all():
        wanted = record.release.startswith(to) if to else last and record.release != last.release
        if record.is_finished and wanted:
            return record
    what = f"release {to}" if to else "no other release"
    ran = list(dict.fromkeys(one.release[:12] for one in records.all() if one.is_finished))
    raise CannotError(
        f"{environment.identity.name} never ran {what}" if to else
        f"{environment.identity.name} ran {what}",
        next_step=f"name one with --to: {', '.join(ran) or 'there is none'}",
    )  # fmt: skip


def _fetched(project: Project, environment: Environment, release: str) -> Project:
    """Return *project* as it was at *release*."""
    if release == release_id(project.stacks):
        return project
    stack = project.stacks[project.stack_name(environment)]
    output = CACHE / "releases" / release[:32]
    Artifacts.of(stack, Access.to(project.name, environment)).fetch(release, output)
    return evolve(project, output=output, stacks=read_stacks(output))

"""`payctl deploy`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

from attrs import frozen
from cyclopts import Parameter

from audit.release import release_id
from payctl.approval import Approval
from payctl.delivery import Orders, deliver
from payctl.evidence import Evidence
from payctl.exit_status import FINDINGS, FINE
from payctl.gates import passed
from payctl.project import ROOT, Project
from payctl.promotion import objections, older
from payctl.screen import complain, note, working
from payctl.selection import FLAGSHIP, Confirm, Selection, Stack, Verbose, WhichEnvironment
from payctl.source import archive, source_bucket, upload
from payctl.target import Target, targets
from payctl.terraform.session import Session

Override = Annotated[
    str, Parameter(help="Why the promotion rule does not count this time; it is recorded.")
]
Repair = Annotated[
    bool, Parameter(negative=(), help="Replace what was changed by hand and no plan repairs.")
]
Accept = Annotated[
    str, Parameter(help="Why what no plan repairs may stay as it is; it is recorded.")
]
Adopt = Annotated[
    bool,
    Parameter(negative=(), help="Import what a killed deployment made and no state knows."),
]
Unlock = Annotated[str, Parameter(help="The id of the state lock that a killed run left.")]


@Parameter(name="*")
@frozen(kw_only=True)
class Handover:
    """What the steps of a pipeline hand to one another.

    Attributes:
        release: The release that was built; another one is not deployed.

        built: When it was built; one that is older than what runs is not deployed.

        approved: The file in which `payctl plan` wrote the plans that were approved.

        plan: The hash of that file's content, as the approver saw it.

        evidence: The folder in which each environment leaves what it proved, for the next one.
    """

    release: Annotated[str, Parameter(help="The release that was built.")] = ""
    built: Annotated[str, Parameter(help="When it was built, in UTC.")] = ""
    approved: Annotated[str, Parameter(help="The file of the plans that were approved.")] = ""
    plan: Annotated[str, Parameter(help="The hash of what was approved.")] = ""
    evidence: Annotated[str, Parameter(help="Where environments leave what they proved.")] = ""


_ALONE: Final = Handover()


def deploy(  # noqa: PLR0913 - the options of the command
    environment: WhichEnvironment = "",
    *,
    stack: Stack = "",
    confirm: Confirm = "",
    override: Override = "",
    repair: Repair = False,
    accept: Accept = "",
    unlock: Unlock = "",
    adopt: Adopt = False,
    handover: Handover = _ALONE,
    selection: Selection = FLAGSHIP,
    verbose: Verbose = False,
) -> int:
    """Deploy an environment with one command.

    1. Every gate runs on what is synthesized now: our own rules, and checkov where it is installed.
    2. The promotion rule: staging takes only the release that dev runs without drift, prod only
       what staging runs. `--override REASON` sets it aside, and is recorded.
    3. What was changed by hand since the last deployment is listed. What the plan does not repair
       stops the deployment: `--repair` replaces it where no data is lost, `--accept REASON`
       leaves it, on record.
    4. The plan is shown; replacements, destructions and losses of data are listed in full.
    5. An environment that must be confirmed asks for the stack's name, or takes `--confirm`.
    6. The intent is recorded beside the state, Terraform applies exactly that plan, and a second
       plan must be empty. Only echoes of this apply are taken over into the state; the record says
       what was left behind, and later drift is measured by it.

    Exit status 1 when anything is not as the code says in the end. After an interruption the same
    command goes on where it was: what was made and is in no state is named, `--adopt` imports it;
    a lock that a killed Terraform left is explained, `--unlock ID` removes it.

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
    home = chosen[0].environment
    evidence = Path(handover.evidence) if handover.evidence else None
    with working("asking the environment before"):
        against = (*_mistaken(project, chosen, handover), *objections(project, home, evidence))
    for objection in against:
        (note if override else complain)(objection)
    if against and not override:
        note("Not promoted; nothing changed. --override REASON sets the rule aside.")
        return FINDINGS
    approval = (
        Approval.read(Path(handover.approved), handover.plan)
        if handover.approved or handover.plan
        else None
    )
    orders = Orders(
        confirm=confirm,
        override=override if against else "",
        repair=repair,
        accept=accept,
        unlock=unlock,
        adopt=adopt,
        approved=approval.plans if approval else None,
        built=handover.built,
        verbose=verbose,
    )
    for target in chosen:
        session = Session.open(project, target.environment, target.stack)
        reason = session.access.endpoint.not_deployable(session.workspace.stack)
        if reason:
            note(f"{target.stack} was left out: {reason}")
        elif not deliver(session, orders):
            return FINDINGS
        else:
            _hand_over_source(session, target)
    if evidence:
        with working(f"writing down what {home.identity.name} proved"):
            Evidence.of(project, home).write(evidence)
    return FINE


def _hand_over_source(session: Session, target: Target) -> None:
    """Give the drift check of an environment the source of what was deployed there.

    A pipeline gets its source by `payctl upload`, for that starts a release.
    """
    bucket = source_bucket(session.workspace.stack)
    if bucket and target.environment.identity.name in session.project.names:
        with working(f"uploading the source to {bucket}"):
            upload(session.access, bucket, archive(ROOT))


def _mistaken(project: Project, chosen: tuple[Target, ...], handover: Handover) -> Iterator[str]:
    """Yield why what was handed over is not what is here."""
    found = release_id(project.stacks)
    if handover.release and handover.release != found:
        yield f"this must be the release that was built, {handover.release[:12]}, is {found[:12]}"
    for target in chosen:
        reason = older(project, target.environment, target.stack, handover.built)
        if reason:
            yield reason

"""`payctl status`."""

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from attrs import asdict, frozen
from cyclopts import Parameter

from audit.change import Class
from audit.release import release_id
from model.environment import Environment
from payctl.access import Access
from payctl.aws.records import Records
from payctl.errors import CannotError
from payctl.exit_status import COULD_NOT_CHECK, FINDINGS, FINE
from payctl.project import Project
from payctl.promotion import recorded_digest
from payctl.record import Outcome
from payctl.screen import say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection
from payctl.watch import examined
from payctl.workers import workers

Quick = Annotated[bool, Parameter(negative=(), help="Do not look for drift.")]


@frozen(kw_only=True)
class Standing:
    """How one stack of one environment stands, as its own last record says.

    Attributes:
        outcome: `applied`, or what became of the last deployment instead.

        drift: Of the environment, in words; empty when nobody looked.

        remark: What whoever reads it must know.

        problem: Why it could not be asked.
    """

    environment: str
    stack: str
    release: str = ""
    blueprint: str = ""
    outcome: str = ""
    at: str = ""
    by: str = ""
    commit: str = ""
    override: str = ""
    drift: str = ""
    remark: str = ""
    problem: str = ""


def status(
    *, quick: Quick = False, selection: Selection = FLAGSHIP, as_json: AsJson = False
) -> int:
    """Show which release each stack of each environment runs, since when, and its drift.

    Everything in a line is of one and the same deployment. One that failed or was killed is said
    to be; so is a release that an environment runs and the one before it does not: it came past
    the promotion rule, and stays on the list until that one has it too.

    Exit status 1 when an environment drifts, or its last deployment did not finish; 2 when one
    could not be asked. One that is only behind is no finding.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    environments = project.blueprint.environments
    with (
        working(f"asking {', '.join(project.names)}"),
        ThreadPoolExecutor(workers(len(environments))) as pool,
    ):
        found = list(pool.map(lambda one: _standings(project, one, quick=quick), environments))
    standings = [standing for several in found for standing in several]
    release = release_id(project.stacks)
    if as_json:
        say_json({"release": release, "stacks": [asdict(standing) for standing in standings]})
    else:
        table(
            f"{project.name}: the code is release {release[:12]}",
            ("stack", "release", "age", "by", "commit", "drift", "remark"),
            [_row(standing) for standing in standings],
        )
        for line in _debts(standings, release):
            say(line)
    if any(standing.problem for standing in standings):
        return COULD_NOT_CHECK
    wrong = any(s.drift not in ("", "none") or s.outcome not in ("", "applied") for s in standings)
    return FINDINGS if wrong else FINE


def _standings(project: Project, environment: Environment, *, quick: bool) -> list[Standing]:
    name = environment.identity.name
    try:
        drift = "" if quick else _drift(project, environment)
        return [
            _standing(project, environment, stack, drift)
            for stack in project.stack_names(environment)
        ]
    except CannotError as error:
        stack = project.stack_name(environment)
        return [Standing(environment=name, stack=stack, problem=str(error))]


def _standing(project: Project, environment: Environment, stack: str, drift: str) -> Standing:
    name, access = environment.identity.name, Access.to(project.name, environment)
    record = Records.of(project.stacks[stack], access).last()
    if record is None:
        why = access.endpoint.not_deployable(project.stacks[stack])
        return Standing(environment=name, stack=stack, remark=why or "not deployed")
    if record.outcome is Outcome.DESTROYED:
        remark = f"destroyed {_age(record.ended)} ago by {record.by}"
        return Standing(environment=name, stack=stack, remark=remark)
    remarks = []
    if not record.is_finished:
        remarks.append(
            f"the deployment {record.outcome.value}: {record.problem or 'it was killed'}"
        )
    if record.override:
        remarks.append(f"override: {record.override}")
    if record.left:
        remarks.append(f"{len(record.left)} drifts left: {record.left[0].reason}")
    if stack == project.stack_name(environment):
        claimed = recorded_digest(project, environment)
        if claimed != record.blueprint_sha256:
            remarks.append(f"its parameter says blueprint {claimed[:12] or 'nothing'}")
    return Standing(
        environment=name,
        stack=stack,
        release=record.release,
        blueprint=record.blueprint_sha256,
        outcome=record.outcome.value,
        at=record.at,
        by=record.by,
        commit=record.commit if record.clean else f"{record.commit} and changes",
        override=record.override,
        drift=drift,
        remark="; ".join(remarks),
    )


def _drift(project: Project, environment: Environment) -> str:
    changes = examined(project, environment).apart
    kinds = {kind: sum(change.kind is kind for change in changes) for kind in Class}
    return ", ".join(f"{count} {kind.value}" for kind, count in kinds.items() if count) or "none"


def _row(standing: Standing) -> tuple[Any, ...]:
    commit, _, changes = standing.commit.partition(" ")
    return (
        standing.stack,
        standing.release[:12] or ("?" if standing.problem else ""),
        _age(standing.at),
        standing.by,
        f"{commit[:10]} {changes}".strip(),
        standing.drift,
        standing.problem or standing.remark,
    )


def _age(at: str) -> str:
    """Return how long ago *at* was: minutes within the hour, hours within two days, then days."""
    if not at:
        return ""
    age = dt.datetime.now(tz=dt.UTC) - dt.datetime.fromisoformat(at)
    minutes = int(age.total_seconds() // 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} min"
    return f"{minutes // 60} h" if age.days < 2 else f"{age.days} d"  # noqa: PLR2004


def _debts(standings: Sequence[Standing], release: str) -> list[str]:
    """Say who does not run what the code is, and what came past the promotion rule."""
    runs: dict[str, set[str]] = {}
    for standing in standings:
        finished = standing.release if standing.outcome == Outcome.APPLIED.value else ""
        runs.setdefault(standing.environment, set()).add(finished)
    lines = []
    earlier: list[str] = []
    for name, releases in runs.items():
        behind = [one for one in earlier if not releases <= runs[one]]
        if "" not in releases and behind:
            lines.append(
                f"debt: {name} runs what {' and '.join(behind)} never ran; deploy it there"
            )
        elif releases == {release}:
            lines.append(f"{name} runs what the code is.")
        else:
            lines.append(f"{name} is not what the code is: payctl deploy {name}")
        earlier.append(name)
    return lines

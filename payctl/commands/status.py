"""`payctl status`."""

import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Annotated, Any

from attrs import asdict, frozen
from cyclopts import Parameter

from audit.drift import Class
from model.environment import Environment
from payctl.access import Access
from payctl.aws.state_bucket import StateBucket
from payctl.errors import AccessError
from payctl.exit_status import COULD_NOT_CHECK, FINDINGS, FINE
from payctl.project import ROOT, Project
from payctl.promotion import recorded_digest
from payctl.screen import say, say_json, table, working
from payctl.selection import FLAGSHIP, AsJson, Selection
from payctl.watch import examined

Quick = Annotated[bool, Parameter(negative=(), help="Do not look for drift.")]


@frozen(kw_only=True)
class Standing:
    """What one environment runs.

    Attributes:
        drift: In words; empty when nobody looked.

        problem: Why it could not be asked.
    """

    environment: str
    digest: str = ""
    at: str = ""
    by: str = ""
    commit: str = ""
    override: str = ""
    drift: str = ""
    problem: str = ""


def status(
    *, quick: Quick = False, selection: Selection = FLAGSHIP, as_json: AsJson = False
) -> int:
    """Show which blueprint each environment runs, since when, from which commit, and its drift.

    The last lines say who is behind whom. Exit status 1 when an environment drifts, 2 when one
    could not be asked; one that is only behind is no finding.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    environments = project.blueprint.environments
    with working(f"asking {', '.join(project.names)}"), ThreadPoolExecutor(3) as pool:
        standings = list(pool.map(lambda one: _standing(project, one, quick=quick), environments))
    code = project.stacks[project.stack_name(environments[0])].digest
    if as_json:
        say_json({"code": code, "environments": [asdict(standing) for standing in standings]})
    else:
        table(
            f"{project.name}: the code is blueprint {code[:12]}",
            ("environment", "blueprint", "deployed", "by", "commit", "drift", "remark"),
            [_row(standing) for standing in standings],
        )
        for line in _behind(code, standings):
            say(line)
    if any(standing.problem for standing in standings):
        return COULD_NOT_CHECK
    return FINDINGS if any(s.drift not in ("", "none") for s in standings) else FINE


def _standing(project: Project, environment: Environment, *, quick: bool) -> Standing:
    name = environment.identity.name
    stack = project.stacks[project.stack_name(environment)]
    try:
        digest = recorded_digest(project, environment)
        if not digest:
            return Standing(environment=name)
        bucket = StateBucket.of(stack, Access.to(project.name, environment))
        record = bucket.last_record()
        drift = "" if quick else _drift(project, environment)
    except AccessError as error:
        return Standing(environment=name, problem=str(error))
    return Standing(
        environment=name,
        digest=digest,
        at=str(record.get("at", "")),
        by=str(record.get("by", "")),
        commit=str(record.get("commit", "")),
        override=str(record.get("override", "")),
        drift=drift,
    )


def _drift(project: Project, environment: Environment) -> str:
    changes = [
        change
        for change in examined(project, environment).changes
        if change.kind in (Class.DRIFT, Class.GONE, Class.UNMANAGED) and not change.accepted
    ]
    kinds = {kind: sum(change.kind is kind for change in changes) for kind in Class}
    return ", ".join(f"{count} {kind.value}" for kind, count in kinds.items() if count) or "none"


def _row(standing: Standing) -> tuple[Any, ...]:
    remark = f"override: {standing.override}" if standing.override else standing.problem
    return (
        standing.environment,
        standing.digest[:12] or ("?" if standing.problem else "not deployed"),
        standing.at,
        standing.by,
        standing.commit[:10],
        standing.drift,
        remark,
    )


def _behind(code: str, standings: Sequence[Standing]) -> list[str]:
    """Say who is behind: by how many commits where git knows both."""
    deployed = [standing for standing in standings if standing.digest]
    lines = [
        f"{standing.environment} is not what the code is: payctl deploy {standing.environment}"
        for standing in deployed[:1]
        if standing.digest != code
    ]
    for before, standing in pairwise(deployed):
        if before.digest == standing.digest:
            lines.append(f"{standing.environment} runs what {before.environment} runs.")
            continue
        count = _commits(standing.commit, before.commit)
        distance = f"{count} commits" if count else "a blueprint"
        lines.append(f"{standing.environment} is {distance} behind {before.environment}.")
    return lines


def _commits(old: str, new: str) -> int:
    if not (old and new):
        return 0
    done = subprocess.run(
        ["git", "-C", str(ROOT), "rev-list", "--count", f"{old}..{new}"],
        check=False,
        capture_output=True,
        text=True,
    )
    return int(done.stdout) if done.returncode == 0 else 0

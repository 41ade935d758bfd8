"""`payctl drift`."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any

from cyclopts import Parameter

from audit.change import Change, Class
from audit.drift import findings
from audit.finding import ABSENT, Finding
from gates.judge import today
from payctl.aws.alert import publish
from payctl.drift_view import show_changes
from payctl.exit_status import COULD_NOT_CHECK, FINDINGS, FINE
from payctl.project import Project
from payctl.screen import complain, say, say_json, working
from payctl.selection import FLAGSHIP, AsJson, Environments, Selection, Verbose
from payctl.watch import Examination, examined_or_not
from payctl.workers import workers
from payctl.written import is_error

Notify = Annotated[
    bool, Parameter(negative=(), help="Publish what was found to the alert topic, if anything.")
]


def drift(
    environments: Environments = (),
    *,
    notify: Notify = False,
    selection: Selection = FLAGSHIP,
    as_json: AsJson = False,
    verbose: Verbose = False,
) -> int:
    """Compare what is deployed with what was deployed last and with the code; nothing changes.

    The measure is the record of the last deployment: a refresh moves the state, not the record.
    Where the code is what was deployed, whatever a plan would change is drift.

    - drift: reality left the configuration; who knows what changed is shown before and after.
    - gone: deleted by hand.
    - unmanaged: in no state, but attached to our resources, able to act on them, or under our names
      or tags. What is looked for, kind by kind: docs/commands.md.
    - unrecorded: the state was moved past `payctl`, or a `payctl` was killed while it deployed.
    - pending: code that is not deployed yet; a warning, not a finding.
    - noise: artefacts of the provider, listed with `--verbose`, never silently dropped.

    What is accepted stands in `envs/<platform>/accepted_drift.toml` with stack, address, path,
    reason and expiry, at most a year away. Without names, all environments are examined, at the
    same time; one that cannot be asked hides no other, and the exit status is 2 then. `--notify`
    tells that, too.
    """
    with working(f"synthesizing {selection.platform}"):
        project = Project.synthesized(selection)
    chosen = project.chosen(environments)
    names = ", ".join(environment.identity.name for environment in chosen)
    with working(f"examining {names}") as work, ThreadPoolExecutor(workers(len(chosen))) as pool:
        examinations = list(pool.map(lambda one: examined_or_not(project, one, work.at), chosen))
    found = {one.environment.identity.name: _findings(one) for one in examinations}
    errors = {name: [f for f in all_ if is_error(f)] for name, all_ in found.items()}
    if as_json:
        say_json({one.environment.identity.name: _json(one) for one in examinations})
    else:
        for one in examinations:
            _show(one, verbose=verbose)
            for finding in errors[one.environment.identity.name]:
                if finding.rule == "accepted-drift":
                    say(f"{finding.where}: {finding.message}", style="red")
    if notify:
        for one in examinations:
            publish(project, one.environment, errors[one.environment.identity.name])
    if any(one.problem for one in examinations):
        return COULD_NOT_CHECK
    return FINDINGS if any(errors.values()) else FINE


def _findings(examination: Examination) -> tuple[Finding, ...]:
    if not examination.problem:
        return findings(examination.changes, examination.accepted, today=today())
    message = f"must be examined, could not be: {examination.problem}"
    where = examination.environment.identity.name
    return (Finding(rule="drift-unreadable", where=where, message=message),)


def _show(examination: Examination, *, verbose: bool) -> None:
    name = examination.environment.identity.name
    if examination.problem:
        complain(f"{name} could not be examined: {examination.problem}")
        return
    shown = [
        change
        for change in examination.changes
        if verbose or not (change.kind is Class.NOISE or change.accepted)
    ]
    hidden = len(examination.changes) - len(shown)
    if shown:
        show_changes(f"{name}: {_counts(shown)}", shown)
    else:
        say(f"{name}: as the code says.", style="green")
    accepted = dict.fromkeys(change.accepted for change in shown if change.accepted)
    for reason in accepted:
        say(f"{name}: accepted: {reason}", style="dim")
    if hidden:
        say(f"{name}: {hidden} more are noise or accepted (--verbose).", style="dim")


def _counts(changes: Sequence[Change]) -> str:
    counts = {kind: sum(change.kind is kind for change in changes) for kind in Class}
    return ", ".join(f"{count} {kind.value}" for kind, count in counts.items() if count)


def _json(examination: Examination) -> list[dict[str, Any]]:
    if examination.problem:
        return [{"class": "unreadable", "problem": examination.problem}]
    return [
        {
            "class": change.kind.value,
            "stack": change.stack,
            "address": change.address,
            "path": change.path,
            **{
                name: value
                for name, value in (("before", change.before), ("after", change.after))
                if value is not ABSENT
            },
            "repaired": change.repaired,
            "accepted": change.accepted,
        }
        for change in examination.changes
    ]

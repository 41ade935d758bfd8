"""What must hold before a deployment: our own rules, and those of referees that are installed."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from audit.canonical import canonical
from audit.finding import Finding
from audit.matrix import driven, matrix, unused
from audit.parity import compare_families
from audit.policy.evaluate import evaluate
from audit.policy.outside import REFEREES as KNOWN
from audit.policy.outside import forbidden, is_outside, referee_of
from audit.report import place
from audit.suppression import Suppression, apply_suppressions
from payctl.exceptions_file import suppressions
from payctl.project import Project
from payctl.referees import REFEREES
from payctl.screen import complain, note, working
from payctl.written import is_error


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Return what our own gates find in *project*; pure, and done in milliseconds."""
    return tuple(_findings(project))


def outside_findings(
    project: Project, found: Iterable[Finding], *, asked: Collection[str] = KNOWN
) -> tuple[Finding, ...]:
    """Return what outside referees *found* and nobody excused, and what is wrong with excuses.

    Excuses from rules of referees that were not *asked* are left alone.
    """
    once = {(f.where, f.rule, f.path): f for f in found}
    excuses = [s for s in suppressions(project.name) if referee_of(s.rule) in asked]
    refused = forbidden(excuses, project.stacks)
    counting = [s for s in excuses if s not in refused]
    return apply_suppressions(once.values(), counting, today=today())


def passed(project: Project) -> bool:
    """Run every gate, complain about what it finds, and tell whether all is well."""
    findings = (*findings_of(project), *_judged_by_others(project))
    for finding in findings:
        message = f"{place(finding)}: {finding.message}"
        (complain if is_error(finding) else note)(message)
    if any(is_error(finding) for finding in findings):
        note("The gates are closed: nothing was planned, nothing changed.", style="bold red")
        return False
    return True


def _judged_by_others(project: Project) -> tuple[Finding, ...]:
    found: list[Finding] = []
    asked: list[str] = []
    for referee in REFEREES:
        if not referee.is_installed():
            note(f"{referee.name}: did not look, for it is not installed.", style="yellow")
            note(f"next: {referee.how_to_install()}")
            continue
        with working(f"{referee.name}: judging what is synthesized"):
            verdict = referee.judged(project)
        note(f"{referee.name}: judged {verdict.evaluated} {referee.counts}")
        asked.append(referee.id)
        found += verdict.findings
    return outside_findings(project, found, asked=asked)


def _findings(project: Project) -> Iterator[Finding]:
    yield from compare_families(project.families, project.approved)
    yield from unused_variations(project)
    excuses = suppressions(project.name)
    ours = [s for s in excuses if not is_outside(s.rule)]
    yield from evaluate(project.stacks, today=today(), suppressions=ours)
    yield from _refused(forbidden(excuses, project.stacks))


def _refused(excuses: tuple[Suppression, ...]) -> tuple[Finding, ...]:
    return apply_suppressions((), excuses, today=today(), locked={s.rule for s in excuses})


def unused_variations(project: Project) -> Iterator[Finding]:
    """Yield the locals that drive nothing in any stack: the table would lie about them."""
    rows = [row for stacks in project.families.values() for row in matrix(stacks, project.approved)]
    used = {name for stack in project.stacks.values() for name in driven(stack)}
    of_all = " ".join(canonical(project.stacks[name].body) for name in project.shared_stack_names)
    lonely = {
        row.local: row
        for row in rows
        # A stack of no environment, such as the pipeline, has the values of all as literals.
        if row.local not in used
        and not all(isinstance(v, str) and v and v in of_all for v in row.values.values())
    }
    yield from unused(tuple(lonely.values()))


def today() -> dt.date:
    """Return the day on which suppressions are looked at."""
    return dt.datetime.now(tz=dt.UTC).date()

"""What must hold before anything is deployed; pure, and done in milliseconds."""

import datetime as dt
from collections.abc import Iterator

from audit.canonical import canonical
from audit.finding import Finding
from audit.matrix import driven, matrix, unused
from audit.parity import compare_families
from audit.policy.evaluate import evaluate
from audit.report import place
from payctl.exceptions_file import is_referees, suppressions
from payctl.project import Project
from payctl.screen import complain, note
from payctl.written import is_error


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Return what every gate finds in *project*."""
    return tuple(_findings(project))


def passed(project: Project) -> bool:
    """Run every gate, complain about what it finds, and tell whether all is well."""
    findings = findings_of(project)
    for finding in findings:
        message = f"{place(finding)}: {finding.message}"
        (complain if is_error(finding) else note)(message)
    if any(is_error(finding) for finding in findings):
        note("The gates are closed: nothing was planned, nothing changed.", style="bold red")
        return False
    return True


def _findings(project: Project) -> Iterator[Finding]:
    yield from compare_families(project.families, project.approved)
    yield from unused_variations(project)
    yield from evaluate(
        project.stacks,
        today=today(),
        suppressions=[s for s in suppressions(project.name) if not is_referees(s.rule)],
    )


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

"""What must hold before a deployment: our own rules and the installed scanners."""

from collections.abc import Collection, Iterable

from audit.finding import Finding
from audit.policy.outside import REFEREES as KNOWN
from audit.policy.outside import forbidden, referee_of
from audit.report import place
from audit.suppression import apply_suppressions
from gates.exceptions_file import suppressions
from gates.folder import Folder
from gates.judge import judged, today
from payctl.project import Project
from payctl.referees import REFEREES
from payctl.screen import complain, note, working
from payctl.written import is_error


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Return what our own gates find in *project*, as it lies on the disk now."""
    return judged(project.blueprint, Folder.read(project.output))


def outside_findings(
    project: Project, found: Iterable[Finding], *, asked: Collection[str] = KNOWN
) -> tuple[Finding, ...]:
    """Return what scanners *found* and is not suppressed, and what is wrong with suppressions.

    Suppressions of scanners that were not *asked* are left alone.
    """
    once = {(f.where, f.rule, f.path): f for f in found}
    suppressed = [s for s in suppressions(project.name) if referee_of(s.rule) in asked]
    refused = forbidden(suppressed, project.stacks)
    counting = [s for s in suppressed if s not in refused]
    return apply_suppressions(once.values(), counting, today=today())


def passed(project: Project, *, without: Collection[str] = ()) -> bool:
    """Run every gate, complain about what it finds, and tell whether all is well.

    The rules called *without* are left out: a release that ran before was checked by them with the
    settings that it had then.
    """
    found = (*findings_of(project), *_judged_by_others(project))
    findings = tuple(finding for finding in found if finding.rule not in without)
    for finding in findings:
        message = f"{place(finding)}: {finding.message}"
        (complain if is_error(finding) else note)(message)
    if any(is_error(finding) for finding in findings):
        note("Checks failed: nothing was planned, nothing changed.", style="bold red")
        return False
    return True


def _judged_by_others(project: Project) -> tuple[Finding, ...]:
    found: list[Finding] = []
    asked: list[str] = []
    for referee in REFEREES:
        if not referee.is_installed():
            note(f"{referee.name} is not installed; skipped", style="yellow")
            note(f"to install it: {referee.how_to_install()}")
            continue
        with working(f"{referee.name}: checking what is synthesized"):
            verdict = referee.judged(project)
        note(f"{referee.name}: evaluated {verdict.evaluated} {referee.counts}")
        asked.append(referee.id)
        found += verdict.findings
    return outside_findings(project, found, asked=asked)

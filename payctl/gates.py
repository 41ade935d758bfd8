"""What must hold before anything is deployed: our own rules, and checkov where it is installed."""

from collections.abc import Iterable

from audit.finding import Finding
from audit.policy.outside import forbidden, is_outside
from audit.report import place
from audit.suppression import apply_suppressions
from gates.exceptions_file import suppressions
from gates.folder import Folder
from gates.judge import judged, today
from payctl import checkov
from payctl.checkov import how_to_install, is_installed
from payctl.project import Project
from payctl.screen import complain, note, working
from payctl.written import is_error


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Return what our own gates find in *project*, as it lies on the disk now."""
    return judged(project.blueprint, Folder.read(project.output))


def outside_findings(project: Project, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what outside referees *found* and nobody excused, and what is wrong with excuses."""
    once = {(f.where, f.rule, f.path): f for f in found}
    excuses = [s for s in suppressions(project.name) if is_outside(s.rule)]
    refused = forbidden(excuses, project.stacks)
    counting = [s for s in excuses if s not in refused]
    return apply_suppressions(once.values(), counting, today=today())


def passed(project: Project) -> bool:
    """Run every gate, complain about what it finds, and tell whether all is well."""
    findings = (*findings_of(project), *_judged_by_checkov(project))
    for finding in findings:
        message = f"{place(finding)}: {finding.message}"
        (complain if is_error(finding) else note)(message)
    if any(is_error(finding) for finding in findings):
        note("The gates are closed: nothing was planned, nothing changed.", style="bold red")
        return False
    return True


def _judged_by_checkov(project: Project) -> tuple[Finding, ...]:
    if not is_installed():
        note("checkov, the outside referee, did not look: it is not installed.", style="yellow")
        note(f"next: {how_to_install()}")
        return ()
    with working("checkov judges what is synthesized"):
        verdict = checkov.judged(project)
    note(f"checkov evaluated {verdict.evaluated} checks")
    return outside_findings(project, verdict.findings)

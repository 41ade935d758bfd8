"""What `main.py` found when it judged last, for commands that only look."""

from audit.finding import Finding, Severity
from payctl.project import Project


def known_findings(project: Project) -> tuple[Finding, ...]:
    """Return what the gates find in *project*; they are not run again on the same bytes.

    Whoever changes something checks the files as they are then; see `payctl.gates.passed`.
    """
    if project.known is not None:
        return tuple(
            Finding(**{**found, "severity": Severity(found["severity"])}) for found in project.known
        )
    from payctl.gates import findings_of  # noqa: PLC0415  the gates take half a second to import

    return findings_of(project)

"""What must hold before anything is deployed; pure, and done in milliseconds."""

from collections.abc import Iterator

from audit.finding import Finding
from audit.matrix import matrix, unused
from audit.parity import compare_families
from payctl.project import Project


def findings_of(project: Project) -> tuple[Finding, ...]:
    """Return what every gate finds in *project*."""
    return tuple(_findings(project))


def _findings(project: Project) -> Iterator[Finding]:
    yield from compare_families(project.families, project.approved)
    yield from unused_variations(project)


def unused_variations(project: Project) -> Iterator[Finding]:
    """Yield the locals that drive nothing in any stack that has them."""
    for stacks in project.families.values():
        yield from unused(matrix(stacks, project.approved))

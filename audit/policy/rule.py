"""What every rule is: what must hold, why, and who says so."""

from collections.abc import Callable, Iterator, Mapping

from attrs import Factory, frozen

from audit.finding import Finding, Severity
from audit.synthesized import Resource, Stack


@frozen(kw_only=True)
class Violation:
    """One place where a rule does not hold.

    Attributes:
        where: An address or a local.

        path: The attribute, empty for the whole.

        message: What must hold, and what was found.
    """

    where: str
    path: str = ""
    message: str
    severity: Severity = Severity.ERROR


Check = Callable[[Stack], Iterator[Violation]]
CheckTogether = Callable[[Mapping[str, Stack]], Iterator[Violation]]
Judged = Callable[[Stack], Iterator[Resource]]


def _nothing(_: Mapping[str, Stack]) -> Iterator[Violation]:
    yield from ()


@frozen(kw_only=True)
class Rule:
    """One rule of ours.

    Attributes:
        id: Its name in findings and suppressions.

        title: What holds where it is obeyed.

        why: What happens where it is not.

        source_url: Who says so.

        pci_dss: The requirements of PCI DSS 4.0.1 it serves; see `audit.policy.pci_dss`.

        suppressible: Whether a finding may be suppressed.

        answers: The checks of third-party scanners that it replaces, and the resources at which
            it does.

        check: Yields the violations of one stack, as synthesized; `stack.resolved` has values.

        check_together: Yields the violations that only show over all stacks.
    """

    id: str
    title: str
    why: str
    source_url: str
    pci_dss: tuple[str, ...] = ()
    suppressible: bool = True
    answers: Mapping[str, Judged] = Factory(dict)
    check: Check
    check_together: CheckTogether = _nothing

    def finding(self, violation: Violation, values: Mapping[str, object]) -> Finding:
        """Return *violation* as a finding; *values* names the environments that have it."""
        return Finding(
            rule=self.id,
            where=violation.where,
            path=violation.path,
            message=violation.message,
            values=values,
            severity=violation.severity,
        )


def violation(resource: Resource, path: str, message: str) -> Violation:
    """Return a violation of a resource's attribute."""
    return Violation(where=resource.address, path=path, message=message)

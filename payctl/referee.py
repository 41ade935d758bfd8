"""What every third-party scanner reports."""

from collections.abc import Callable

from attrs import frozen

from audit.cloudformation.coverage import Attribute
from audit.finding import Finding
from payctl.project import Project


@frozen(kw_only=True)
class Verdict:
    """The result of one scanner.

    Attributes:
        evaluated: How many checks or resources it evaluated; none means that it could not check.

        attributes: Which attributes it can see and which not, where it cannot see all.
    """

    evaluated: int
    findings: tuple[Finding, ...]
    attributes: tuple[Attribute, ...] = ()


@frozen(kw_only=True)
class Referee:
    """A third-party scanner of what is synthesized.

    Attributes:
        id: Its key in `audit.policy.outside.REFEREES`.

        name: What people read.

        counts: What its verdict counts.

        is_installed: Tells whether it can be run.

        how_to_install: Returns the command that installs it.

        judged: Checks every stack.
    """

    id: str
    name: str
    counts: str
    is_installed: Callable[[], bool]
    how_to_install: Callable[[], str]
    judged: Callable[[Project], Verdict]

"""What every outside referee answers."""

from collections.abc import Callable

from attrs import frozen

from audit.cloudformation.coverage import Attribute
from audit.finding import Finding
from payctl.project import Project


@frozen(kw_only=True)
class Verdict:
    """What a referee says.

    Attributes:
        evaluated: How many checks, or resources, it judged; none at all is no verdict.

        attributes: What it saw and what not, where it does not see all.
    """

    evaluated: int
    findings: tuple[Finding, ...]
    attributes: tuple[Attribute, ...] = ()


@frozen(kw_only=True)
class Referee:
    """Whoever judges what is synthesized, and is not ours.

    Attributes:
        id: Its key in `audit.policy.outside.REFEREES`.

        name: What people read.

        counts: What its verdict counts.

        is_installed: Tells whether there is one to ask.

        how_to_install: Returns the command that installs it.

        judged: Has every stack judged.
    """

    id: str
    name: str
    counts: str
    is_installed: Callable[[], bool]
    how_to_install: Callable[[], str]
    judged: Callable[[Project], Verdict]

"""The one value every check returns."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from attrs import Factory, frozen


class _Absent(Enum):
    """The type of ABSENT."""

    ABSENT = "(absent)"

    def __str__(self) -> str:
        return self.value


ABSENT: Final = _Absent.ABSENT
"""What an environment has where others have something; not to be taken for null or ""."""


class Severity(Enum):
    """Whether a finding stops a deployment."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True, order=True)
class Finding:
    """One thing that is not as it must be.

    Attributes:
        rule: The id of the check that found it, such as "parity".

        where: A Terraform address, a local, or a file.

        path: The attribute inside *where*, dotted, empty for the whole.

        message: What must hold, and what was found.

        values: What each environment has, by its name; empty where the finding is of one place.

        severity: An error fails the gate, a warning is shown.
    """

    rule: str
    where: str
    path: str = ""
    message: str
    values: Mapping[str, object] = Factory(dict)
    severity: Severity = Severity.ERROR

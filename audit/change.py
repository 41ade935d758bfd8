"""One thing that is apart from the code, in which way, and why it may be."""

import datetime as dt
from enum import Enum
from typing import Final

from attrs import field, frozen, validators

from audit.finding import ABSENT

LONGEST: Final = dt.timedelta(days=366)
"""How long a drift may be accepted."""


class Class(Enum):
    """In which way reality and code are apart."""

    DRIFT = "drift"
    PENDING = "pending"
    GONE = "gone"
    UNMANAGED = "unmanaged"
    UNRECORDED = "unrecorded"
    NOISE = "noise"


@frozen(kw_only=True)
class Change:
    """One attribute of one resource that is not as it should be.

    Attributes:
        stack: The stack that it is of; empty for what is of none.

        address: As Terraform calls it; of something unmanaged, its ARN or name.

        path: The attribute; empty for the whole.

        before: What Terraform knew of, or what is there now.

        after: What is there now, or what the code will make of it.

        repaired: Whether the next deployment puts it right.

        accepted: Why it is no problem, empty where it is one.
    """

    kind: Class
    address: str
    stack: str = ""
    path: str = ""
    before: object = ABSENT
    after: object = ABSENT
    repaired: bool = False
    accepted: str = ""


@frozen(kw_only=True)
class Acceptance:
    """A drift of one attribute that is known and left until a day, at most a year away.

    Attributes:
        path: The attribute; empty for something that is gone, unmanaged or not deployed as a whole.
    """

    stack: str = field(validator=validators.min_len(1))
    address: str = field(validator=validators.min_len(1))
    path: str
    reason: str = field(validator=validators.min_len(10))
    expires: dt.date

    @property
    def place(self) -> tuple[str, str, str]:
        """What it accepts."""
        return self.stack, self.address, self.path

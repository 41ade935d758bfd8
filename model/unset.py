"""The value of a setting that a file does not state."""

from __future__ import annotations

from enum import Enum
from typing import Final


class _Unset(Enum):
    """The type of UNSET: an enum, so that there is one and it survives copying."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "nothing"


UNSET: Final = _Unset.UNSET
"""The value of a setting that a file does not state."""

"""Which of two values of a setting is the stronger one, or that neither is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

_CLASSIFICATIONS: Final = ("public", "internal", "confidential", "restricted")
_SIZES: Final = ("nano", "micro", "small", "medium", "large", "xlarge")
_SIZE: Final = re.compile(r"(\d*)([a-z]+)", re.ASCII)


@frozen
class Order:
    """How strong a value makes an environment.

    Attributes:
        text: Which value is stronger, as a phrase.

        rank: The strength of a value; None where a value cannot be compared with others.
    """

    text: str
    rank: Callable[[Any], float | None]

    def is_weaker(self, value: Any, than: Any) -> bool:
        """Tell whether *value* is weaker than another one."""
        mine, theirs = self.rank(value), self.rank(than)
        return mine is not None and theirs is not None and mine < theirs


def _number(value: Any) -> float | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _less(value: Any) -> float | None:
    number = _number(value)
    return None if number is None else -number


def _units(value: Any) -> float | None:
    return _number(value) or None


def _flag(value: Any) -> float | None:
    return float(value) if isinstance(value, bool) else None


def _there(value: Any) -> float | None:
    return float(bool(value)) if isinstance(value, str) else None


def _classification(value: Any) -> float | None:
    return _CLASSIFICATIONS.index(value) if value in _CLASSIFICATIONS else None


def _size(value: Any) -> float | None:
    found = _SIZE.fullmatch(value.rpartition(".")[2]) if isinstance(value, str) else None
    if not found or found.group(2) not in _SIZES:
        return None
    return _SIZES.index(found.group(2)) + int(found.group(1) or 1) - 1


NONE: Final = Order("neither is stronger", lambda _: None)
MORE: Final = Order("more is stronger", _number)
LESS: Final = Order("less is stronger", _less)
ON: Final = Order("on is stronger", _flag)
THERE: Final = Order("one is stronger than none", _there)
UNITS: Final = Order("more is stronger; 0, which is on demand, has no order", _units)
SIZE: Final = Order("the larger size is stronger, of whatever family", _size)
CLASSIFICATION: Final = Order("the stricter is stronger", _classification)

"""What is wrong with a request: where, and what must hold."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen


@frozen(kw_only=True)
class Violation:
    """One rule that a request breaks; it never repeats what was sent.

    Attributes:
        pointer: Where, as a JSON Pointer; empty for the request as a whole.

        detail: What must hold.

    """

    pointer: str
    detail: str

    def __str__(self) -> str:
        """Return the violation as a sentence."""
        return f"{self.pointer.lstrip('/') or 'request'} {self.detail}"


class ViolationsError(ValueError):
    """A request breaks one or more rules; all of them are listed."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(str(violation) for violation in self.violations))


class CardNumberError(ValueError):
    """A request holds what could be a card number, which must never reach this platform."""

    def __init__(self) -> None:
        super().__init__("the request must not contain a card number; send a payment token")

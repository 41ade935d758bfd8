"""Which states a transaction has, and which may follow which."""

from __future__ import annotations

from enum import Enum
from typing import Final


class State(Enum):
    """Where a transaction stands."""

    RECEIVED = "received"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    SETTLED = "settled"
    DECLINED = "declined"
    REFUNDED = "refunded"
    FAILED = "failed"


NEXT: Final[dict[State, frozenset[State]]] = {
    State.RECEIVED: frozenset({State.AUTHORIZED, State.DECLINED, State.FAILED}),
    State.AUTHORIZED: frozenset({State.CAPTURED, State.FAILED}),
    State.CAPTURED: frozenset({State.SETTLED, State.REFUNDED}),
    State.SETTLED: frozenset({State.REFUNDED}),
    State.DECLINED: frozenset(),
    State.REFUNDED: frozenset(),
    State.FAILED: frozenset(),
}
"""The states that may follow each state; any other step is refused."""


class ForbiddenTransitionError(ValueError):
    """A transaction was told to take a step that its state does not allow."""

    def __init__(self, before: State, after: State) -> None:
        allowed = ", ".join(sorted(state.value for state in NEXT[before])) or "nothing"
        super().__init__(f"{before.value} may be followed by {allowed}, not by {after.value}")

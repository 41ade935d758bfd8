"""Spares a gateway that does not answer, and the time of those who would wait for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from attrs import define, field

from functions.gateway.payment_gateway import GatewayTimeoutError

T = TypeVar("T")


@define(kw_only=True, eq=False)
class CircuitBreaker:
    """Refuses questions for a while after several without an answer.

    Attributes:
        limit_count: How many questions in a row stay without an answer before it opens.

        pause_seconds: How long it stays open; then one question decides.

        clock_seconds: Tells the time, which only goes forward.

    """

    limit_count: int = 10
    pause_seconds: float = 30
    clock_seconds: Callable[[], float] = time.monotonic
    _unanswered_count: int = field(default=0, init=False)
    _opened_at_seconds: float = field(default=0, init=False)

    def check(self) -> None:
        """Do nothing while the gateway may be asked.

        Raises:
            GatewayTimeoutError: If it did not answer lately.

        """
        since_seconds = self.clock_seconds() - self._opened_at_seconds
        if self._unanswered_count >= self.limit_count and since_seconds < self.pause_seconds:
            raise GatewayTimeoutError(f"not asked: no answer {self._unanswered_count} times")

    def ask(self, question: Callable[[], T]) -> T:
        """Return the answer to *question*.

        Raises:
            GatewayTimeoutError: If there is none, or the gateway is being spared.

        """
        self.check()
        try:
            answer = question()
        except GatewayTimeoutError:
            self._unanswered_count += 1
            self._opened_at_seconds = self.clock_seconds()
            raise
        except Exception:
            self._unanswered_count = 0  # A refusal is an answer.
            raise
        self._unanswered_count = 0
        return answer

"""What the schedule's tick starts: taking up what is unfinished."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from aws_lambda_powertools.metrics import MetricUnit

from functions.observability.telemetry import OLDEST_UNFINISHED, logger, metrics
from functions.payments.progress import WORK_SECONDS
from functions.payments.relay import Relay


@frozen(kw_only=True, eq=False)
class Sweep:
    """One run of the relay per tick.

    Attributes:
        relay: Hands on what is due.

    """

    relay: Relay

    def sweep(self, _event: dict[str, Any], context: Any) -> dict[str, int]:
        """Return how many payments were handed on.

        A store that can't be reached fails no invocation: the next tick is the next try, and a
        tick among the dead letters would help nobody. It is counted, for an alarm.
        """
        try:
            relayed = self.relay.run(
                has_time=lambda: context.get_remaining_time_in_millis() >= WORK_SECONDS * 1000
            )
        except Exception:  # noqa: BLE001 - whatever it is, the next tick is the next try
            logger.exception("nothing relayed; the next tick tries again")
            metrics.add_metric(name="SweepsFailed", unit=MetricUnit.Count, value=1)
            return {"relayed": 0}
        age_seconds = relayed.oldest.total_seconds()
        metrics.add_metric(name="PaymentsRelayed", unit=MetricUnit.Count, value=relayed.count)
        metrics.add_metric(name=OLDEST_UNFINISHED, unit=MetricUnit.Seconds, value=age_seconds)
        return {"relayed": relayed.count}

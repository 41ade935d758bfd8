"""The time of day, and as much later as a test says."""

from datetime import UTC, datetime, timedelta

from attrs import define

CLOCKED = (
    "handlers.ingest.handler",
    "handlers.processing.handler",
    "payments.composition",
    "payments.store_composition",
)
"""The modules of functions that know the clock by its name."""


@define(eq=False)
class MovingClock:
    """A clock that goes on by itself and can be put forward or back."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) + self.ahead

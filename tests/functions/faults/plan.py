"""What a fault run does: how many payments, how many kills, and what else goes wrong."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from attrs import frozen

SEED: Final = 20261125
START: Final = datetime(2026, 11, 25, tzinfo=UTC)
TOKENS: Final = (
    *("tok_approve",) * 16,
    *("tok_decline", "tok_fail_twice", "tok_refuse", "tok_capture_refuse"),
)


@frozen(kw_only=True)
class Plan:
    """One fault run.

    Attributes:
        payments_count: How many keys are used; a third of them by two callers with two bodies.

        kills_count: How many processes end by SIGKILL, at random moments.

        outage_seconds: How long the gateway is down, and later the stores and the database; by
            the clock of the functions *speed* times as long.

        speed: How much faster the clock of the functions goes than that of the machine. A lease of
            60 seconds must outlast what a worker does in it, as Lambda's timeout sees to.

        skew_seconds: How wrong the clock of each process may be, by its own measure.

    """

    payments_count: int
    kills_count: int
    outage_seconds: float
    speed: float = 20
    skew_seconds: float = 120


@frozen(kw_only=True)
class Scene:
    """What a worker process is told.

    Attributes:
        environ: The environment variables of the function.

        folder: Where the gateway keeps what it did, and where files say what is down.

        started_at_seconds: When the run began, by the clock of the machine.

        plan: The run.

    """

    environ: dict[str, str]
    folder: Path
    started_at_seconds: float
    plan: Plan

    @property
    def gateway_book(self) -> Path:
        """One line of JSON for everything that the gateway did."""
        return self.folder / "gateway.jsonl"

    def is_down(self, what: str) -> bool:
        """Tell whether "gateway" or "stores" are down now."""
        return (self.folder / f"{what}-is-down").exists()

    @property
    def is_calm(self) -> bool:
        """Whether nothing goes wrong any more."""
        return (self.folder / "calm").exists()

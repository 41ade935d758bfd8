"""How long an unfinished payment waits before it is taken up again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

SHORTEST: Final = timedelta(seconds=30)
LONGEST: Final = timedelta(minutes=15)


def due_after(now: datetime, *, received_at: datetime) -> datetime:
    """Return when a payment is due that is unfinished *now*: the older it is, the later.

    Its age doubles from one time to the next, up to LONGEST between two. So a gateway that is down
    for hours is not asked more and more, and a payment is done at most LONGEST after it is back.
    """
    return now + min(max(now - received_at, SHORTEST), LONGEST)

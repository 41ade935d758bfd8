"""What every ledger does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from functions.domain.bookkeeping import Entry


class Ledger(Protocol):
    """Keeps double-entry rows that are never changed."""

    def post(self, transaction_id: str, entries: Iterable[Entry]) -> None:
        """Add *entries*, all or none; those already there stay as they are."""

    def entries(self, transaction_id: str) -> tuple[Entry, ...]:
        """Return the rows of a transaction, sorted by posting and account."""

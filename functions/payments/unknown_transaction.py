"""The error for a transaction that does not exist."""

from __future__ import annotations


class UnknownTransactionError(LookupError):
    """There is no such transaction."""

    def __init__(self, transaction_id: str) -> None:
        super().__init__(f"no transaction {transaction_id}")

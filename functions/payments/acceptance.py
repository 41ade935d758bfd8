"""Accept a payment: stored once, handed on once, whatever fails in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from attrs import frozen

from functions.domain.idempotency_key import transaction_id_for
from functions.domain.instant import Clock
from functions.domain.payment import Payment
from functions.domain.transaction import Transaction
from functions.payments.dispatch import Dispatch
from functions.storage.transaction_store import TransactionStore

LEFT_BEHIND_AFTER: Final = timedelta(seconds=10)
"""How old an outbox mark must be before it counts as left behind."""

LIMIT_PER_RELAY: Final = 500
"""How many transactions one relay hands on at most; the next one goes on from there."""

Report = Callable[[Transaction, Exception], None]
"""Is told of each transaction that could not be handed on, and why."""


class RelayIncompleteError(RuntimeError):
    """Some transactions could not be handed on; their outbox marks stay."""


@frozen(kw_only=True, eq=False)
class Acceptance:
    """The way in for every payment.

    Attributes:
        store: Where transactions are kept, with an outbox mark until they are handed on.

        dispatch: Who they are handed on to.

        clock: Tells when they were received.

        report: Is told of those that could not be handed on.

    """

    store: TransactionStore
    dispatch: Dispatch
    clock: Clock
    report: Report

    def accept(self, *, key: str, payment: Payment, correlation_id: str) -> str:
        """Store *payment* under *key* and hand it on; return the transaction's id.

        Once it is stored it counts as accepted: if it cannot be handed on now, the relay will.
        The same key and payment again change nothing and return the same id.

        Raises:
            KeyReusedError: If *key* belongs to another payment.

        """
        creation = self.store.create(
            Transaction(
                transaction_id=transaction_id_for(key),
                payment=payment,
                received_at=self.clock(),
                correlation_id=correlation_id,
            )
        )
        if creation.created:
            self._hand_on(creation.transaction)
        return creation.transaction.transaction_id

    def relay(self) -> int:
        """Hand on what was left behind; return how many transactions that were.

        Raises:
            RelayIncompleteError: If some could not be handed on, after trying all.

        """
        received_before = self.clock() - LEFT_BEHIND_AFTER
        left = list(self.store.unqueued(received_before=received_before, limit=LIMIT_PER_RELAY))
        done = sum(self._hand_on(transaction) for transaction in left)
        if done < len(left):
            raise RelayIncompleteError(f"{len(left) - done} of {len(left)} not handed on")
        return done

    def _hand_on(self, transaction: Transaction) -> bool:
        try:
            self.dispatch.hand_on(transaction)
            self.store.mark_queued(transaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, the outbox mark is still there
            self.report(transaction, error)
            return False
        return True

"""Accept a payment: stored once, whatever fails, and handed on."""

from __future__ import annotations

from attrs import frozen

from functions.domain.back_off import due_after
from functions.domain.idempotency_key import transaction_id_for
from functions.domain.instant import Clock
from functions.domain.payment import Payment
from functions.domain.transaction import Transaction
from functions.payments.dispatch import Dispatch
from functions.payments.relay import Report
from functions.storage.transaction_store import TransactionStore


@frozen(kw_only=True, eq=False)
class Acceptance:
    """The way in for every payment.

    Attributes:
        store: Where transactions are kept, with a mark until everything about them is done.

        dispatch: Who they are handed on to.

        clock: Tells when they were received.

        report: Is told of those that could not be handed on.

    """

    store: TransactionStore
    dispatch: Dispatch
    clock: Clock
    report: Report

    def accept(self, *, caller: str, key: str, payment: Payment, correlation_id: str) -> str:
        """Store *payment* under *key* of *caller* and hand it on; return the transaction's id.

        Once it is stored it counts as accepted: if it cannot be handed on now, the relay will.
        The same key and payment again change nothing and return the same id.

        Raises:
            KeyReusedError: If *key* belongs to another payment.

        """
        now = self.clock()
        creation = self.store.create(
            Transaction(
                transaction_id=transaction_id_for(caller, key),
                caller=caller,
                payment=payment,
                received_at=now,
                correlation_id=correlation_id,
                due_at=due_after(now, received_at=now),
            )
        )
        transaction_id = creation.transaction.transaction_id
        if creation.created:
            try:
                self.dispatch.hand_on(transaction_id, correlation_id=correlation_id)
            except Exception as error:  # noqa: BLE001 - whatever it is, the mark is still there
                self.report(transaction_id, error)
        return transaction_id

"""Carry a transaction to its end, from wherever it stands, however often it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from attrs import field, frozen

from functions.domain.state import State
from functions.domain.transaction import Transaction
from functions.gateway.payment_gateway import (
    Approval,
    GatewayRefusalError,
    GatewayTimeoutError,
    PaymentGateway,
)
from functions.payments.outcome_effect import OutcomeEffect
from functions.payments.unknown_transaction import UnknownTransactionError
from functions.storage.transaction_store import StaleTransactionError, TransactionStore

PAUSES_SECONDS: Final = (0.1, 0.4)
"""The pauses between tries within one invocation; after the last try the queue tries again."""


@frozen(kw_only=True, eq=False)
class Progress:
    """What moves transactions.

    Attributes:
        store: Where they are.

        gateway: Who moves the money.

        effects: What an outcome brings about, in this order.

        pauses_seconds: The pauses between tries within one call.

        sleep: Waits that many seconds.

    """

    store: TransactionStore
    gateway: PaymentGateway
    effects: tuple[OutcomeEffect, ...]
    pauses_seconds: tuple[float, ...] = PAUSES_SECONDS
    sleep: Callable[[float], None] = field(factory=lambda: time.sleep)

    def advance(self, transaction_id: str) -> Transaction:
        """Carry the transaction on until it rests and everything its state asks for is done.

        Nothing is done twice: every step is a write that holds only if no other came first, the
        gateway knows the transaction's id, and the effects may be repeated.

        Raises:
            UnknownTransactionError: If there is no such transaction.

            GatewayTimeoutError: If the gateway gave no answer to any try; the state is kept.

            StaleTransactionError: If others kept writing it.

        """
        for pause_seconds in self.pauses_seconds:
            try:
                return self._advance_once(transaction_id)
            except (GatewayTimeoutError, StaleTransactionError):
                self.sleep(pause_seconds)
        return self._advance_once(transaction_id)

    def _advance_once(self, transaction_id: str) -> Transaction:
        transaction = self.store.find(transaction_id)
        if transaction is None:
            raise UnknownTransactionError(transaction_id)
        if transaction.state is State.RECEIVED:
            transaction = self._authorize(transaction)
        if transaction.state is State.AUTHORIZED:
            transaction = self._capture(transaction)
        if transaction.announced:
            return transaction
        history = self.store.history(transaction_id)
        for effect in self.effects:
            effect.apply(transaction, history)
        return self.store.save(transaction, transaction.announce())

    def _authorize(self, received: Transaction) -> Transaction:
        # Counted before the call: after a crash during it, the attempt is known to have happened.
        asked = self.store.save(received, received.attempted())
        try:
            answer = self.gateway.authorize(
                transaction_id=asked.transaction_id,
                money=asked.payment.money,
                payment_method=asked.payment.payment_method,
                attempt=asked.attempts,
            )
        except GatewayRefusalError as refusal:
            return self.store.save(asked, asked.moved(State.FAILED, reason=str(refusal)))
        if isinstance(answer, Approval):
            after = asked.moved(State.AUTHORIZED, gateway_reference=answer.reference)
        else:
            after = asked.moved(State.DECLINED, reason=answer.reason)
        return self.store.save(asked, after)

    def _capture(self, authorized: Transaction) -> Transaction:
        try:
            self.gateway.capture(
                transaction_id=authorized.transaction_id,
                money=authorized.payment.money,
                reference=authorized.gateway_reference or "",
            )
        except GatewayRefusalError as refusal:
            return self.store.save(authorized, authorized.moved(State.FAILED, reason=str(refusal)))
        return self.store.save(authorized, authorized.moved(State.CAPTURED))

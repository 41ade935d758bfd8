"""Carry a transaction to its end, from wherever it stands, however often it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from attrs import field, frozen

from functions.domain.back_off import due_after
from functions.domain.instant import Clock
from functions.domain.state import State
from functions.domain.transaction import Transaction
from functions.gateway.circuit_breaker import CircuitBreaker
from functions.gateway.payment_gateway import (
    Approval,
    Decline,
    GatewayRefusalError,
    GatewayTimeoutError,
    PaymentGateway,
)
from functions.payments.outcome_effect import OutcomeEffect
from functions.payments.unknown_transaction import UnknownTransactionError
from functions.storage.transaction_store import StaleTransactionError, TransactionStore

PAUSES_SECONDS: Final = (0.1, 0.4)
"""The pauses between tries within one invocation; after the last try the relay tries again."""

LEASE: Final = timedelta(seconds=60)
"""How long a worker has a transaction for itself: longer than any invocation lasts."""

WORK_SECONDS: Final = 15
"""The time that one transaction may take; with less left none is begun."""


class HeldError(RuntimeError):
    """Somebody else works on the transaction, or it waits after a failure."""

    def __init__(self, transaction_id: str, until: datetime | None) -> None:
        super().__init__(f"{transaction_id} is held until {until or 'somebody is done'}")


@frozen(kw_only=True, eq=False)
class Progress:
    """What moves transactions.

    Attributes:
        store: Where they are.

        gateway: Who moves the money.

        effects: What an outcome brings about, in this order.

        clock: Tells how long a transaction is held.

        breaker: Spares the gateway while it does not answer.

        pauses_seconds: The pauses between tries within one call.

        sleep: Waits that many seconds.

    """

    store: TransactionStore
    gateway: PaymentGateway
    effects: tuple[OutcomeEffect, ...]
    clock: Clock
    breaker: CircuitBreaker = field(factory=CircuitBreaker)
    pauses_seconds: tuple[float, ...] = PAUSES_SECONDS
    sleep: Callable[[float], None] = field(factory=lambda: time.sleep)

    def advance(self, transaction_id: str) -> Transaction:
        """Carry the transaction on until it rests and everything its state asks for is done.

        Nothing is done twice: whoever works on a transaction holds it, every step is a write that
        holds only if no other came first, the gateway knows the transaction's id, and the effects
        may be repeated. Whatever fails, the transaction stays due until it is done.

        Raises:
            UnknownTransactionError: If there is no such transaction.

            HeldError: If it is not to be worked on now.

            GatewayTimeoutError: If the gateway gave no answer to any try; the state is kept.

        """
        found = self.store.find(transaction_id)
        if found is None:
            raise UnknownTransactionError(transaction_id)
        if found.announced:
            return found
        taken = self._take_up(found)
        try:
            return self._carry_on(taken)
        except StaleTransactionError:
            # Somebody whose clock is ahead took it over, and carries it on.
            raise HeldError(transaction_id, None) from None
        except Exception:
            self._postpone(transaction_id)
            raise

    def _take_up(self, found: Transaction) -> Transaction:
        now = self.clock()
        if found.held_until is not None and found.held_until > now:
            raise HeldError(found.transaction_id, found.held_until)
        if found.state in {State.RECEIVED, State.AUTHORIZED}:
            self.breaker.check()
        try:
            due_at = due_after(now, received_at=found.received_at)
            taken = found.taken_up(held_until=now + LEASE, due_at=due_at)
            return self.store.save(found, taken)
        except StaleTransactionError:
            raise HeldError(found.transaction_id, None) from None

    def _postpone(self, transaction_id: str) -> None:
        # If even this fails, the lease ends by itself.
        with suppress(Exception):
            found = self.store.find(transaction_id)
            if found is not None and not found.announced:
                until = due_after(self.clock(), received_at=found.received_at)
                self.store.save(found, found.held(until))

    def _carry_on(self, transaction: Transaction) -> Transaction:
        if transaction.state is State.RECEIVED:
            transaction = self._authorize(transaction)
        if transaction.state is State.AUTHORIZED:
            transaction = self._capture(transaction)
        history = self.store.history(transaction.transaction_id)
        for effect in self.effects:
            effect.apply(transaction, history)
        return self.store.save(transaction, transaction.announce())

    def _authorize(self, asked: Transaction) -> Transaction:
        for pause_seconds in self.pauses_seconds:
            try:
                return self._authorize_once(asked)
            except GatewayTimeoutError:
                self.sleep(pause_seconds)
                # Counted before the call: after a crash during it, it is known to have happened.
                asked = self.store.save(asked, asked.attempted())
        return self._authorize_once(asked)

    def _authorize_once(self, asked: Transaction) -> Transaction:
        def question() -> Approval | Decline:
            return self.gateway.authorize(
                transaction_id=asked.transaction_id,
                money=asked.payment.money,
                payment_method=asked.payment.payment_method,
                attempt=asked.attempts,
            )

        try:
            answer = self.breaker.ask(question)
        except GatewayRefusalError as refusal:
            return self.store.save(asked, asked.moved(State.FAILED, reason=str(refusal)))
        if isinstance(answer, Approval):
            after = asked.moved(State.AUTHORIZED, gateway_reference=answer.reference)
        else:
            after = asked.moved(State.DECLINED, reason=answer.reason)
        return self.store.save(asked, after)

    def _capture(self, authorized: Transaction) -> Transaction:
        def question() -> None:
            self.gateway.capture(
                transaction_id=authorized.transaction_id,
                money=authorized.payment.money,
                reference=authorized.gateway_reference or "",
            )

        for pause_seconds in (*self.pauses_seconds, None):
            try:
                self.breaker.ask(question)
                break
            except GatewayTimeoutError:
                if pause_seconds is None:
                    raise
                self.sleep(pause_seconds)
            except GatewayRefusalError as refusal:
                failed = authorized.moved(State.FAILED, reason=str(refusal))
                return self.store.save(authorized, failed)
        return self.store.save(authorized, authorized.moved(State.CAPTURED))

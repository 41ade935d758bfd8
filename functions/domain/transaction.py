"""A payment on its way: the one value that all stores hold."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve, field, frozen, validators

from functions.domain.payment import Payment
from functions.domain.state import NEXT, ForbiddenTransitionError, State


@frozen(kw_only=True)
class Transaction:
    """A payment, its state, and what has been done about it.

    Attributes:
        transaction_id: A UUID that follows from the caller and the idempotency key.

        caller: Who asked for it, as authenticated; nobody else ever sees it.

        payment: What was asked for.

        received_at: When it was first accepted, UTC.

        correlation_id: Ties together the logs of everything done for one request.

        state: Where it stands.

        version: Counts the writes from 1; every write is conditional on the one before.

        attempts: How often the gateway has been asked, from 0; written before each call.

        gateway_reference: The gateway's name for the authorization, once there is one.

        reason: Why it was declined or failed.

        announced: Whether ledger, audit record and event for the present state are all done; only
            then is nothing left to do.

        due_at: When the relay takes it up, should it not be announced by then.

        held_until: Nobody else works on it before: somebody does now, or there was no answer.

    """

    transaction_id: str
    caller: str
    payment: Payment
    received_at: datetime
    correlation_id: str
    due_at: datetime
    state: State = State.RECEIVED
    version: int = field(default=1, validator=validators.ge(1))
    attempts: int = field(default=0, validator=validators.ge(0))
    gateway_reference: str | None = None
    reason: str | None = None
    announced: bool = False
    held_until: datetime | None = None

    def moved(
        self, to: State, *, gateway_reference: str | None = None, reason: str | None = None
    ) -> Transaction:
        """Return the transaction in the state *to*.

        Raises:
            ForbiddenTransitionError: If its state may not be followed by *to*.

        """
        if to not in NEXT[self.state]:
            raise ForbiddenTransitionError(self.state, to)
        return evolve(
            self,
            state=to,
            version=self.version + 1,
            gateway_reference=gateway_reference or self.gateway_reference,
            reason=reason,
            announced=False,
        )

    def attempted(self) -> Transaction:
        """Return the transaction with one more question to the gateway counted."""
        return evolve(self, version=self.version + 1, attempts=self.attempts + 1)

    def held(self, until: datetime) -> Transaction:
        """Return the transaction with nobody else to work on it before *until*."""
        return evolve(self, version=self.version + 1, held_until=until, due_at=until)

    def taken_up(self, *, held_until: datetime, due_at: datetime) -> Transaction:
        """Return the transaction held for one worker, with its question counted if one is due.

        One write for both: after a crash the attempt is known to have happened.

        Args:
            held_until: When the worker is certainly gone.

            due_at: When the transaction is taken up again should the worker not finish: for an old
                one later than that, or one that no worker ever finishes would come round for ever.

        """
        asked = self.attempts + (self.state is State.RECEIVED)
        return evolve(
            self,
            version=self.version + 1,
            held_until=held_until,
            due_at=max(held_until, due_at),
            attempts=asked,
        )

    def announce(self) -> Transaction:
        """Return the transaction with everything done that its state asks for."""
        return evolve(self, version=self.version + 1, announced=True, held_until=None)


@frozen(kw_only=True)
class AuditRecord:
    """One step of a transaction, kept for good.

    Attributes:
        transaction_id: Whose step it was.

        caller: Who had asked for the payment.

        version: The transaction's version after the step.

        state: The state that was reached.

        at: When, UTC.

        reason: Why it was declined or failed.

    """

    transaction_id: str
    caller: str
    version: int
    state: State
    at: datetime
    reason: str | None

"""What travels on the payment queue: one transaction to carry on with, or lines of a batch file."""

from __future__ import annotations

import json
from typing import Any, Final

from attrs import frozen

from functions.domain.idempotency_key import parse_idempotency_key
from functions.domain.payment import Payment
from functions.domain.payment_form import parse_payment
from functions.domain.strict_json import parse_json
from functions.domain.violation import CardNumberError
from functions.observability.telemetry import count_card_number


class PoisonMessageError(ValueError):
    """A message that can never be worked on; it belongs in the dead-letter queue."""


@frozen(kw_only=True)
class Work:
    """A stored transaction to carry on with.

    Attributes:
        transaction_id: Which one.

    """

    transaction_id: str

    def to_json(self) -> str:
        """Return the body of the message."""
        return json.dumps({"transaction_id": self.transaction_id})


@frozen(kw_only=True)
class Submission:
    """A payment that is not stored yet.

    Attributes:
        key: Its idempotency key.

        payment: What is to be paid.

    """

    key: str
    payment: Payment


@frozen(kw_only=True)
class Submissions:
    """Payments of a batch file, to be accepted as if each were posted.

    Attributes:
        caller: Who sent the file, as authenticated.

        source: Names the file, and ties together the logs.

        submissions: 1 to LINES_PER_MESSAGE payments.

    """

    caller: str
    source: str
    submissions: tuple[Submission, ...]

    def to_json(self) -> str:
        """Return the body of the message."""
        rows = [{"key": one.key, **one.payment.to_fields()} for one in self.submissions]
        content = {"caller": self.caller, "source": self.source, "submissions": rows}
        return json.dumps(content, separators=(",", ":"))


LINES_PER_MESSAGE: Final = 25
"""Small enough to be accepted within a second or two, large enough for 100,000 lines a file."""


def parse_message(body: str) -> Work | Submissions:
    """Return what the *body* of a message asks for.

    Raises:
        PoisonMessageError: If it is neither; the message says which rule is broken, not the body.

    """
    try:
        content: Any = parse_json(body)
        if set(content) == {"transaction_id"}:
            return Work(transaction_id=str(content["transaction_id"]))
        return Submissions(
            caller=str(content["caller"]),
            source=str(content["source"]),
            submissions=tuple(_submission(row) for row in content["submissions"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, CardNumberError):
            count_card_number()
        # The cause is not chained: its message may repeat what was sent.
        raise PoisonMessageError(f"not a payment message: {type(error).__name__}") from None


def _submission(row: dict[str, Any]) -> Submission:
    form = {name: value for name, value in row.items() if name != "key"}
    return Submission(key=parse_idempotency_key(row["key"]), payment=parse_payment(form))

"""One payment as a caller sees it: posted, asked for, ended."""

import time
import uuid
from typing import Any, Final

from attrs import frozen

from devcloud.api import request, url_of
from devcloud.record import Record
from payctl.errors import CannotError

FINAL: Final = frozenset({"captured", "declined", "failed", "settled", "refunded"})
_LETTERS: Final = str.maketrans("0123456789", "ghijklmnop")
ACCEPTED: Final = 202
_OK: Final = 200


@frozen(kw_only=True)
class Payment:
    """What is to be paid.

    Attributes:
        key: The idempotency key; whoever sends the same key again pays once.
    """

    amount_minor_units: int
    currency: str
    token: str
    key: str
    reference: str = "payctl local"

    @classmethod
    def new(cls, *, amount_minor_units: int, currency: str, token: str) -> "Payment":
        """Return a payment that was never sent before."""
        return cls(
            amount_minor_units=amount_minor_units,
            currency=currency,
            token=token,
            key=key_of(uuid.uuid4().int),
        )

    @property
    def form(self) -> dict[str, Any]:
        """The body of the request."""
        return {
            "amount_minor_units": self.amount_minor_units,
            "currency": self.currency,
            "payment_method": self.token,
            "reference": self.reference,
        }

    def post(self, record: Record) -> tuple[int, Any]:
        """Send it; return the HTTP status and what was answered."""
        answer = request(
            record, "POST", api_url(record), self.form, headers={"Idempotency-Key": self.key}
        )
        return answer.status, answer.content


def key_of(number: int) -> str:
    """Return an idempotency key without digits: some of them would pass for a card number."""
    return f"{number:032x}".translate(_LETTERS)


def api_url(record: Record, output: str = "processing_url") -> str:
    """Return where payments are posted, or what *output* names.

    Raises:
        CannotError: When the platform has no such API.
    """
    url = url_of(record, output)
    if not url:
        raise CannotError(
            f"{record.platform} has no API that answers at {output}",
            next_step="use a platform with the routes process and status, such as payments",
        )
    return url


def status_of(record: Record, transaction_id: str) -> dict[str, Any]:
    """Return where a transaction stands; empty while nobody knows it."""
    url = api_url(record, "status_url").replace("{transaction_id}", transaction_id)
    answer = request(record, "GET", url)
    return answer.content if answer.status == _OK else {}


def followed(record: Record, transaction_id: str, *, seconds: float) -> dict[str, Any]:
    """Ask until the transaction has ended, *seconds* at most; return where it stands then."""
    deadline = time.monotonic() + seconds
    while True:
        status = status_of(record, transaction_id)
        if status.get("state") in FINAL or time.monotonic() > deadline:
            return status
        time.sleep(0.2)

"""What names a payment for good: the caller's idempotency key, and the id that follows from it."""

from __future__ import annotations

import uuid
from typing import Final

from functions.domain.accepted_text import IDEMPOTENCY_KEY
from functions.domain.violation import Violation, ViolationsError

_NAMESPACE: Final = uuid.UUID("6b1d6a0e-7c5b-5a0c-9d55-5f0f6f1a6c11")


def parse_idempotency_key(value: str | None) -> str:
    """Return *value* if it is an idempotency key: 1 to 255 letters, digits, or any of ``._:-``.

    Raises:
        CardNumberError: If it holds a card number.

        ViolationsError: If it is missing or has another form.

    """
    if value is None or not IDEMPOTENCY_KEY.accepts(value):
        raise ViolationsError([Violation(pointer="/idempotency_key", detail=IDEMPOTENCY_KEY.rule)])
    return value


def transaction_id_for(caller: str, key: str) -> str:
    """Return the id of the one transaction that *key* can ever create for *caller*."""
    # Neither holds a line feed, so that no two pairs give one text.
    return str(uuid.uuid5(_NAMESPACE, f"{caller}\n{key}"))

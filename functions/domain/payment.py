"""What a caller asks for: one payment."""

from __future__ import annotations

import hashlib
import json
import re

from attrs import field, frozen, validators

from functions.domain.accepted_text import REFERENCE, TOKEN
from functions.domain.money import Money


@frozen(kw_only=True)
class Payment:
    """A payment as it was asked for.

    Attributes:
        money: How much is to be paid.

        payment_method: A token, never a card number.

        reference: The merchant's own name for the payment.

    """

    money: Money
    payment_method: str = field(validator=validators.matches_re(TOKEN.pattern, func=re.fullmatch))
    reference: str = field(validator=validators.matches_re(REFERENCE.pattern, func=re.fullmatch))

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the payment: equal exactly for equal payments."""
        canonical = json.dumps(self.to_fields(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def to_fields(self) -> dict[str, str | int]:
        """Return the payment as the fields of a request."""
        return {
            "amount_minor_units": self.money.amount_minor_units,
            "currency": self.money.currency,
            "payment_method": self.payment_method,
            "reference": self.reference,
        }

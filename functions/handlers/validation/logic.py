"""Tells whether a request would be accepted as a payment."""

from __future__ import annotations

from typing import Any

from functions.domain.payment_form import parse_payment


def verdict(form: object) -> dict[str, Any]:
    """Return what to tell the sender of a valid payment.

    Raises:
        CardNumberError: If *form* holds a card number.

        ViolationsError: With every rule it breaks.

    """
    money = parse_payment(form).money
    return {"valid": True, "amount": money.decimal, "currency": money.currency}

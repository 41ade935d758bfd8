"""Tells whether a decoded request is a payment, and what is wrong with one that is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from functions.domain.accepted_text import REFERENCE, TOKEN
from functions.domain.card_number import holds_card_number
from functions.domain.currency import EXPONENTS
from functions.domain.money import MAXIMUM_MINOR_UNITS, Money
from functions.domain.payment import Payment
from functions.domain.violation import CardNumberError, Violation, ViolationsError


def _is_amount(value: object) -> bool:
    return type(value) is int and 1 <= value <= MAXIMUM_MINOR_UNITS


def _is_currency(value: object) -> bool:
    return isinstance(value, str) and value in EXPONENTS


_RULES: Final[dict[str, tuple[Callable[[object], bool], str]]] = {
    "amount_minor_units": (_is_amount, f"must be a whole number from 1 to {MAXIMUM_MINOR_UNITS}"),
    "currency": (_is_currency, "must be a current ISO 4217 code in capitals"),
    "payment_method": (TOKEN.accepts, TOKEN.rule),
    "reference": (REFERENCE.accepts, REFERENCE.rule),
}


def parse_payment(form: object) -> Payment:
    """Return the payment that *form*, decoded JSON, describes.

    Raises:
        CardNumberError: If a card number is anywhere in it.

        ViolationsError: With everything else that is wrong, all at once.

    """
    if holds_card_number(form):
        raise CardNumberError
    if not isinstance(form, Mapping):
        raise ViolationsError([Violation(pointer="", detail="must be a JSON object")])
    found = [
        Violation(pointer=f"/{name}", detail=rule if name in form else f"is missing; it {rule}")
        for name, (holds, rule) in _RULES.items()
        if not holds(form.get(name))
    ]
    if len(form.keys() - _RULES.keys()) > 0:
        known = ", ".join(_RULES)
        found.append(Violation(pointer="", detail=f"must have no fields other than {known}"))
    if found:
        raise ViolationsError(found)
    return Payment(
        money=Money(amount_minor_units=form["amount_minor_units"], currency=form["currency"]),
        payment_method=form["payment_method"],
        reference=form["reference"],
    )

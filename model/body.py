"""What the JSON body of a request must have."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from model.constraint import one_of, text
from model.literal import literal


@frozen(kw_only=True)
class FieldSpec:
    """A field of a JSON body, as far as an API checks it: that it is there, and its JSON type.

    What its value must be is checked behind the API: a pattern that a value breaks would put the
    value into the API's log, and it may be a card number.
    """

    name: str = literal(text(r"[a-z_]+", "a field name"))
    type: str = literal(one_of(("integer", "string")), default="string")


PAYMENT: Final = (
    FieldSpec(name="amount_minor_units", type="integer"),
    FieldSpec(name="currency"),
    FieldSpec(name="payment_method"),
    FieldSpec(name="reference"),
)
"""The body of a payment, as `functions/domain/payment_form.py` reads it."""

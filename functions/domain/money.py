"""How an amount of money is held: whole minor units of a currency, never a float."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen, validators

from functions.domain.currency import EXPONENTS

MAXIMUM_MINOR_UNITS: Final = 10**12 - 1
"""Twelve digits: no amount can look like a card number, which has thirteen or more."""


@frozen(kw_only=True)
class Money:
    """A positive amount of one currency.

    Attributes:
        amount_minor_units: The amount in the currency's smallest unit, 1 to 999,999,999,999.

        currency: An ISO 4217 code in capitals.

    """

    amount_minor_units: int = field(
        validator=(
            validators.instance_of(int),
            validators.ge(1),
            validators.le(MAXIMUM_MINOR_UNITS),
        )
    )
    currency: str = field(validator=validators.in_(EXPONENTS))

    @property
    def decimal(self) -> str:
        """The amount in major units with the currency's own decimal places, such as "19.99"."""
        places = EXPONENTS[self.currency]
        digits = str(self.amount_minor_units).rjust(places + 1, "0")
        return f"{digits[:-places]}.{digits[-places:]}" if places else digits

"""What a stream of payments consists of: every request decided before the first is sent."""

import random
from typing import Final, Self

from attrs import evolve, frozen

from devcloud.payment import Payment, key_of

_CURRENCIES: Final = ("EUR", "USD", "GBP")
_MOST_MINOR_UNITS: Final = 50_000


@frozen(kw_only=True)
class Mix:
    """How many of a hundred requests are what.

    Attributes:
        duplicates_percent: Repeat an earlier request, with the same key.

        declines_percent: Are declined by the gateway.

        poison_percent: Are no requests but messages in the queue that nobody can work on.
    """

    duplicates_percent: float
    declines_percent: float
    poison_percent: float


@frozen(kw_only=True)
class TrafficPlan:
    """A stream of payments.

    Attributes:
        payments: In the order of sending; a repeat is the same value again.

        poison_count: How many messages nobody can work on.
    """

    payments: tuple[Payment, ...]
    poison_count: int

    @classmethod
    def random(cls, count: int, mix: Mix, *, seed: int) -> Self:
        """Return *count* requests and messages; the same seed gives the same stream."""
        dice = random.Random(seed)  # noqa: S311 - no secrets
        poison = round(count * mix.poison_percent / 100)
        duplicates = round(count * mix.duplicates_percent / 100)
        declines = round(count * mix.declines_percent / 100)
        unique = max(count - poison - duplicates, 1)
        originals = [
            Payment(
                amount_minor_units=dice.randint(1, _MOST_MINOR_UNITS),
                currency=dice.choice(_CURRENCIES),
                token="tok_decline" if index < declines else "tok_approve",
                key=key_of(dice.getrandbits(128)),
                reference="payctl local traffic",
            )
            for index in range(unique)
        ]
        dice.shuffle(originals)
        stream = list(originals)
        for original in dice.choices(originals, k=duplicates):
            stream.insert(dice.randint(stream.index(original) + 1, len(stream)), evolve(original))
        return cls(payments=tuple(stream), poison_count=poison)

    @property
    def unique_count(self) -> int:
        """How many payments there are, each counted once."""
        return len({payment.key for payment in self.payments})

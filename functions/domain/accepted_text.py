"""Which texts of callers are accepted: their alphabets, none of which may spell a card number."""

from __future__ import annotations

import re
from typing import Final

from attrs import field, frozen

from functions.domain.card_number import contains_card_number
from functions.domain.violation import CardNumberError


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)


@frozen
class AcceptedText:
    """A kind of text that callers send and the platform keeps.

    There is no way to ask for the alphabet without asking for card numbers.

    Attributes:
        pattern: The whole text matches it.

        rule: The same as the end of a sentence that begins with what the text is.

    """

    pattern: re.Pattern[str] = field(converter=_compiled)
    rule: str

    def accepts(self, value: object) -> bool:
        """Tell whether *value* is a text of this kind.

        Raises:
            CardNumberError: If it is a text that holds a card number.

        """
        if not isinstance(value, str):
            return False
        if contains_card_number(value):
            raise CardNumberError
        return self.pattern.fullmatch(value) is not None


TOKEN: Final = AcceptedText(
    r"tok_[A-Za-z0-9_]{1,60}", "must be a token: tok_ and 1 to 60 letters, digits or _"
)
"""A payment method token as the tokenization service issues it."""

REFERENCE: Final = AcceptedText(
    r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}",
    "must be 1 to 64 letters, digits, spaces, dots, slashes, dashes or underscores,"
    " the first a letter or digit",
)
"""A merchant's own reference."""

IDEMPOTENCY_KEY: Final = AcceptedText(
    r"[A-Za-z0-9._:-]{1,255}",
    "must be 1 to 255 letters, digits, dots, underscores, colons or dashes",
)
"""A caller's name for one request."""

CORRELATION_ID: Final = AcceptedText(
    r"[A-Za-z0-9._:=;-]{1,128}",
    "must be 1 to 128 letters, digits, or any of . _ : = ; -",
)
"""What ties together the logs of everything done for one request."""

ALL: Final = {
    "payment_method": TOKEN,
    "reference": REFERENCE,
    "idempotency_key": IDEMPOTENCY_KEY,
    "correlation_id": CORRELATION_ID,
}

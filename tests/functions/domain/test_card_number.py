"""Card numbers are found however they are written, and little else is taken for one."""

import uuid

import pytest
from functions.domain.card_number import contains_card_number, holds_card_number
from hypothesis import given
from hypothesis import strategies as st


def _with_check_digit(digits: str) -> str:
    """Return *digits* with the digit that makes them pass the Luhn check, computed the slow way."""
    for check in "0123456789":
        total = 0
        for place, digit in enumerate(reversed(digits + check)):
            value = int(digit) * (2 if place % 2 else 1)
            total += value // 10 + value % 10
        if total % 10 == 0:
            return digits + check
    raise AssertionError(digits)


CARDS = (
    st.text("0123456789", min_size=12, max_size=18)
    .filter(lambda text: set(text) != {"0"})
    .map(_with_check_digit)
)


class TestContainsCardNumber:
    """Looking into a text."""

    @given(card=CARDS, before=st.text('abc \n:"', max_size=5), after=st.text("xyz,}", max_size=5))
    def test_every_card_number_is_found(self, card: str, before: str, after: str) -> None:
        """13 to 19 digits that pass the check are found between other characters."""
        assert contains_card_number(f"{before}{card}{after}")

    @given(card=CARDS, data=st.data())
    def test_grouping_hides_nothing(self, card: str, data: st.DataObject) -> None:
        """Single spaces or dashes between any digits change nothing."""
        separators = st.sampled_from(["", " ", "-", "\u2013", "\u00a0"])
        text = "".join(digit + data.draw(separators) for digit in card)
        assert contains_card_number(text)

    @given(card=CARDS, digit=st.integers(1, 9))
    def test_a_wrong_check_digit_is_no_card_number(self, card: str, digit: int) -> None:
        """With another last digit the whole number no longer passes."""
        wrong = card[:-1] + str((int(card[-1]) + digit) % 10)
        assert not contains_card_number(wrong)

    @pytest.mark.parametrize(
        "text",
        [
            "4111 1111 1111 1111 12 2027",
            "2026 4111111111111111",
            "\uff14\uff11\uff11\uff11111111111111",
            "00004111111111111111000000",
            "\u0664\u0661\u0661\u0661111111111111",
        ],
        ids=["date after", "year before", "full width", "within more digits", "Arabic-Indic"],
    )
    def test_disguises_are_seen_through(self, text: str) -> None:
        """Neighbouring digits and other shapes of digits do not hide a number."""
        assert contains_card_number(text)

    @pytest.mark.parametrize(
        "text", ["411111111111", "0000000000000000", "order 42", "", "1.2.3.4.5.6.7.8.9.0.1.2.3"]
    )
    def test_other_texts_are_none(self, text: str) -> None:
        """Too short, nothing but zeros, or not digits at all."""
        assert not contains_card_number(text)

    @given(st.uuids(version=4))
    def test_random_uuids_are_none(self, value: uuid.UUID) -> None:
        """The usual idempotency keys are never refused."""
        assert not contains_card_number(str(value))


class TestHoldsCardNumber:
    """Looking into decoded JSON."""

    @pytest.mark.parametrize(
        "value",
        [
            4111111111111111,
            4111111111111111.0,
            ["a", {"b": "4111-1111-1111-1111"}],
            {"4111111111111111": 1},
        ],
    )
    def test_looks_everywhere(self, value: object) -> None:
        """Numbers, nested values and names of fields are looked at."""
        assert holds_card_number(value)

    def test_keeps_apart_what_is_apart(self) -> None:
        """Digits of two fields are not one number."""
        assert not holds_card_number(["41111111", "11111111"])

"""Card numbers are found however they are written, and little else is taken for one."""

import sys
import time
import uuid

import pytest
from functions.domain.card_number import contains_card_number, holds_card_number
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from tests.functions.support.card_spellings import ISSUED, ordinary_references, spellings

CARDS = st.builds(
    lambda issuer, digits: _with_check_digit((issuer + digits)[:15]),
    st.sampled_from(["4", "51", "55", "2221", "2720", "6011", "62", "65", "3530", "2204"]),
    st.text("0123456789", min_size=15, max_size=15),
)


def _with_check_digit(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


class TestContainsCardNumber:
    """Looking into a text."""

    @given(card=CARDS, before=st.text('abc \n:"', max_size=5), after=st.text("xyz,}", max_size=5))
    def test_every_card_number_is_found(self, card: str, before: str, after: str) -> None:
        """Numbers of issuers that pass the check are found between other characters."""
        assert contains_card_number(f"{before}{card}{after}")

    @given(card=CARDS, data=st.data())
    def test_grouping_hides_nothing(self, card: str, data: st.DataObject) -> None:
        """Whatever is no letter between any digits changes nothing."""
        separators = st.sampled_from(
            ["", " ", "-", "\u2013", "\u00a0", ".", "_", "/", " - ", "   "]
        )
        text = "".join(digit + data.draw(separators) for digit in card)
        assert contains_card_number(text)

    @pytest.mark.parametrize("issuer", ["Mastercard", "American Express", "Diners Club", "Mir"])
    def test_a_wrong_check_digit_is_no_card_number(self, issuer: str) -> None:
        """With another last digit a number no longer passes."""
        card = ISSUED[issuer]
        wrong = [f"{card[:-1]}{(int(card[-1]) + digit) % 10}" for digit in range(1, 10)]
        assert not any(map(contains_card_number, wrong))

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

    def test_every_spelling_is_found(self) -> None:
        """At least 500 spellings of published numbers: not one is accepted."""
        assert all(luhn.is_valid(number) for number in ISSUED.values())
        texts = dict(spellings())
        accepted = [name for name, text in texts.items() if not contains_card_number(text)]
        sys.stdout.write(f"{len(texts)} spellings, {len(accepted)} accepted\n")
        assert len(texts) >= 500
        assert accepted == []

    def test_ordinary_references_are_none(self) -> None:
        """10,000 ordinary references: not one is taken for a card number."""
        texts = list(ordinary_references(10_000))
        alarms = [text for text in texts if contains_card_number(text)]
        sys.stdout.write(f"{len(texts)} references, {len(alarms)} false alarms\n")
        assert len(set(texts)) > 9_000
        assert alarms == []

    def test_random_uuids_are_hardly_ever_taken_for_one(self) -> None:
        """Of 20,000 usual idempotency keys at most 4 are refused."""
        keys = [
            str(uuid.UUID(int=number * 2**64 // 7919 * 104729, version=4))
            for number in range(1, 20_001)
        ]
        assert sum(map(contains_card_number, keys)) <= 4

    @pytest.mark.parametrize(
        "text", ["9", "4", "4 ", "41-", "1_", "1a", "0123456789abcdef", "4111 "]
    )
    def test_the_cost_grows_no_faster_than_the_text(self, text: str) -> None:
        """16 KiB of anything take well below a second."""
        start = time.process_time()
        contains_card_number((text * 16_384)[:16_384])
        assert time.process_time() - start < 1


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

"""Requests are payments, or every reason why not."""

from typing import Any

import pytest
from functions.domain.currency import EXPONENTS
from functions.domain.idempotency_key import parse_idempotency_key, transaction_id_for
from functions.domain.money import MAXIMUM_MINOR_UNITS, Money
from functions.domain.payment_form import parse_payment
from functions.domain.violation import CardNumberError, ViolationsError
from hypothesis import given
from hypothesis import strategies as st

FORM: dict[str, Any] = {
    "amount_minor_units": 1999,
    "currency": "EUR",
    "payment_method": "tok_approve",
    "reference": "order 42",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


class TestParsePayment:
    """Reading a request."""

    @given(
        amount=st.integers(1, MAXIMUM_MINOR_UNITS),
        currency=st.sampled_from(sorted(EXPONENTS)),
        token=st.from_regex(r"tok_[A-Za-z_]{1,60}", fullmatch=True),
    )
    def test_reads_back_what_was_written(self, amount: int, currency: str, token: str) -> None:
        """A payment's fields are a request for the same payment."""
        form = {**FORM, "amount_minor_units": amount, "currency": currency, "payment_method": token}
        payment = parse_payment(form)
        assert payment.to_fields() == form
        assert parse_payment(payment.to_fields()).fingerprint == payment.fingerprint

    @given(JSON)
    def test_anything_else_is_refused_and_never_breaks(self, form: object) -> None:
        """Arbitrary JSON leads to one of the two errors."""
        with pytest.raises((ViolationsError, CardNumberError)):
            parse_payment(form)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("amount_minor_units", 0),
            ("amount_minor_units", -1),
            ("amount_minor_units", 19.99),
            ("amount_minor_units", "1999"),
            ("amount_minor_units", True),
            ("amount_minor_units", MAXIMUM_MINOR_UNITS + 1),
            ("currency", "eur"),
            ("currency", "XXX"),
            ("currency", ["EUR"]),
            ("payment_method", "visa"),
            ("payment_method", "tok_"),
            ("payment_method", "tok_a\n"),
            ("reference", " a"),
            ("reference", "a" * 65),
        ],
    )
    def test_each_rule(self, field: str, value: object) -> None:
        """A wrong field is named, and only that one."""
        with pytest.raises(ViolationsError) as caught:
            parse_payment({**FORM, field: value})
        assert [violation.pointer for violation in caught.value.violations] == [f"/{field}"]

    def test_fingerprints_differ_with_any_field(self) -> None:
        """Two payments that differ at all have two fingerprints."""
        changes: list[dict[str, Any]] = [
            {},
            {"amount_minor_units": 2000},
            {"currency": "USD"},
            {"payment_method": "tok_b"},
            {"reference": "b"},
        ]
        assert len({parse_payment({**FORM, **change}).fingerprint for change in changes}) == 5


class TestMoney:
    """Amounts in the currency's own decimal places."""

    @pytest.mark.parametrize(
        ("amount", "currency", "text"),
        [(1999, "EUR", "19.99"), (5, "EUR", "0.05"), (1999, "JPY", "1999"), (5, "KWD", "0.005")],
    )
    def test_decimal(self, amount: int, currency: str, text: str) -> None:
        """Currencies have none, two or three decimal places."""
        assert Money(amount_minor_units=amount, currency=currency).decimal == text


class TestIdempotencyKey:
    """What a key may be, and the id that follows from it."""

    @pytest.mark.parametrize("key", [None, "", "a b", "a" * 256, "ä", "a\n"])
    def test_refuses_other_forms(self, key: str | None) -> None:
        """A missing or malformed key is a violation."""
        with pytest.raises(ViolationsError):
            parse_idempotency_key(key)

    def test_ids_follow_from_keys(self) -> None:
        """The id is fixed for ever: a change here would pay old requests again."""
        assert transaction_id_for("c", "key-1") == "f1f42eb9-ad7c-5099-aba0-c140080b209e"
        assert transaction_id_for("c", "key-2") != transaction_id_for("c", "key-1")
        assert transaction_id_for("d", "key-1") != transaction_id_for("c", "key-1")

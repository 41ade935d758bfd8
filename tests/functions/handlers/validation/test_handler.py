"""Validation without any other part of the platform."""

import io
import json
from typing import Any

import pytest
from tests.functions.conftest import Invoke
from tests.functions.support.events import PAYMENT, VISA, load_balancer, rest


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell the function all that it needs."""
    monkeypatch.setenv("ENVIRONMENT", "test")


class TestValidate:
    """POST /validate."""

    @pytest.mark.parametrize("event", [rest, load_balancer])
    def test_a_valid_payment(self, invoke: Invoke, event: Any) -> None:
        """The amount is repeated in the currency's own decimal places."""
        body = {**PAYMENT, "amount_minor_units": 1999, "currency": "KWD"}
        answer = invoke("validation", event("POST", "/validate", body))
        assert answer["statusCode"] == 200
        assert json.loads(answer["body"]) == {"valid": True, "amount": "1.999", "currency": "KWD"}

    def test_every_violation_at_once(self, invoke: Invoke) -> None:
        """All fields are judged, whatever the first one says."""
        body = {
            "amount_minor_units": True,
            "currency": "eur",
            "payment_method": "4111",
            "reference": "",
        }
        answer = invoke("validation", rest("POST", "/validate", body))
        assert answer["statusCode"] == 422
        assert [error["pointer"] for error in json.loads(answer["body"])["errors"]] == [
            "#/amount_minor_units",
            "#/currency",
            "#/payment_method",
            "#/reference",
        ]

    def test_card_numbers_are_refused(self, invoke: Invoke) -> None:
        """A card number is its own problem."""
        answer = invoke(
            "validation", rest("POST", "/validate", {**PAYMENT, "payment_method": VISA})
        )
        assert json.loads(answer["body"])["type"] == "urn:problem:payments:card-number-refused"

    def test_the_correlation_id_is_in_the_log(self, invoke: Invoke, logged: io.StringIO) -> None:
        """Whoever calls can find their request in the logs."""
        headers = {"X-Correlation-Id": "caller-7"}
        answer = invoke("validation", rest("POST", "/validate", {"a": VISA}, headers=headers))
        assert answer["multiValueHeaders"]["X-Correlation-Id"] == ["caller-7"]
        lines = [json.loads(line) for line in logged.getvalue().splitlines()]
        assert [line["correlation_id"] for line in lines] == ["caller-7"]

"""Card numbers sent to the processing function."""

import io
import json
import re
from typing import Any

import pytest
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, VISA, rest


@pytest.mark.parametrize(
    "event",
    [
        rest("POST", "/process", {**PAYMENT, "reference": VISA}, headers={"Idempotency-Key": "k"}),
        rest("POST", "/process", f'{{"a": "{VISA}', headers={"Idempotency-Key": "k"}),
        rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": VISA}),
        rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "k"}, query={"q": VISA}),
        rest("POST", f"/process/{VISA}", PAYMENT, headers={"Idempotency-Key": "k"}),
        rest("POST", "/process", '{"reference": "\\u0034111111111111111"}'),
        rest("POST", "/process", {**PAYMENT, VISA: 1}, headers={"Idempotency-Key": "k"}),
        rest(
            "POST",
            "/process",
            {**PAYMENT, "payment_method": "tok_4111_1111_1111_1111"},
            headers={"Idempotency-Key": "k"},
        ),
        rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "4111.1111.1111.1111"}),
        rest(
            "POST",
            "/process",
            PAYMENT,
            headers={"Idempotency-Key": "k", "X-Correlation-Id": "4111_1111_1111_1111"},
        ),
        rest("POST", "/process", PAYMENT, headers={"Idempotency-Key": "k", "X-Card": VISA}),
        rest("POST", "/process/4111%201111%201111%201111", PAYMENT),
    ],
    ids=[
        *("field", "broken JSON", "key", "query", "path", "escaped", "field name", "token"),
        *("dotted key", "correlation id", "any header", "encoded path"),
    ],
)
def test_refuses_card_numbers_and_never_logs_them(
    cloud: Cloud,
    invoke: Invoke,
    logged: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    event: dict[str, Any],
) -> None:
    """A card number anywhere is refused; it is in no answer, log or table."""
    answer = invoke("processing", event)
    printed = logged.getvalue()
    assert "card number refused" in printed
    assert answer["statusCode"] == 422
    assert "card-number-refused" in answer["body"]
    everything = re.sub(r"[ ._]|%20", "", printed + json.dumps(answer))
    assert "411111111111111" not in everything
    assert '"CardNumbersRefused"' in capsys.readouterr().out
    assert cloud.items("transactions") == cloud.items("idempotency") == []

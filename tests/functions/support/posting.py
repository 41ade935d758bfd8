"""Requests to the processing function."""

from typing import Any

from tests.functions.conftest import Invoke
from tests.functions.support.events import PAYMENT, rest


def post(invoke: Invoke, body: object = PAYMENT, *, key: str = "key-1", **more: Any) -> Any:
    """Post *body* to the processing function."""
    return invoke(
        "processing", rest("POST", "/process", body, headers={"Idempotency-Key": key, **more})
    )

"""A fault run that went wrong is seen: each planted defect is a violation."""

from typing import Any

import pytest
from functions.domain.caller import UNAUTHENTICATED
from functions.domain.payment_form import parse_payment
from functions.payments.acceptance import Acceptance
from functions.payments.dispatch import AtOnce
from functions.payments.outcome_effect import PostToLedger
from functions.payments.progress import Progress
from tests.functions.faults.run import Request
from tests.functions.faults.verdict import judge
from tests.functions.support.events import PAYMENT
from tests.functions.support.memory import (
    Fuse,
    MemoryClock,
    MemoryGateway,
    MemoryLedger,
    MemoryStore,
)

BODY = {**PAYMENT, "amount_minor_units": 1}


def _world() -> dict[str, Any]:
    """Return what is to be judged after one payment that went well."""
    fuse, clock = Fuse(), MemoryClock()
    store, ledger = MemoryStore(fuse, clock), MemoryLedger(fuse)
    progress = Progress(
        store=store,
        gateway=MemoryGateway(fuse),
        effects=(PostToLedger(ledger=ledger),),
        clock=clock,
    )
    transaction_id = Acceptance(
        store=store,
        dispatch=AtOnce(progress=progress),
        clock=clock,
        report=lambda _id, _error: None,
    ).accept(caller=UNAUTHENTICATED, key="key-0", payment=parse_payment(BODY), correlation_id="c")
    call = {"transaction_id": transaction_id, "kind": "capture", "amount": 1}
    return {
        "requests": [Request(key="key-0", body=BODY)],
        "answers": {0: 202},
        "store": store,
        "ledger": ledger,
        "calls": [call, call],
    }


def test_a_payment_that_went_well_is_no_violation() -> None:
    """A repeated capture of the same amount is the gateway's to recognize."""
    assert judge(**_world()).violations == ()


@pytest.mark.parametrize(
    ("defect", "violation"),
    [
        ({"answers": {0: 409}}, "nobody was accepted"),
        ({"calls": []}, "the gateway captured set()"),
        ({"ledger": MemoryLedger(Fuse())}, "the ledger does not agree"),
        ({"store": MemoryStore(Fuse())}, "accepted and not stored"),
        (
            {
                "requests": [
                    Request(key="key-0", body=BODY),
                    Request(key="key-0", body={**BODY, "amount_minor_units": 2}),
                ],
                "answers": {0: 202, 1: 202},
            },
            "2 bodies were accepted",
        ),
    ],
    ids=["refused", "not captured", "not in the ledger", "lost", "two accepted"],
)
def test_each_defect_is_one(defect: dict[str, Any], violation: str) -> None:
    """What should not be is named with its key."""
    found = judge(**{**_world(), **defect}).violations
    assert any(violation in one and "key-0" in one for one in found)

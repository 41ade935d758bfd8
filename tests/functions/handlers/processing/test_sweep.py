"""Ticks of the schedule, against emulated AWS services."""

from datetime import timedelta

import pytest
from tests.functions.conftest import Invoke, forget
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import TICK
from tests.functions.support.moving_clock import MovingClock
from tests.functions.support.posting import post


def test_queue_failure_keeps_the_payment_for_the_relay(
    cloud: Cloud,
    invoke: Invoke,
    clock: MovingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A payment whose message can't be sent is accepted, and sent by the relay later."""
    monkeypatch.setenv("PAYMENT_QUEUE_URL", f"{cloud.queue_url}-gone")
    assert post(invoke)["statusCode"] == 202
    assert "outbox_shard" in cloud.transactions()[0]
    monkeypatch.setenv("PAYMENT_QUEUE_URL", cloud.queue_url)
    forget()  # A new environment starts.
    clock.ahead = timedelta(minutes=1)
    assert invoke("processing", TICK) == {"relayed": 1}
    assert len(cloud.receive(cloud.queue_url)) == 1
    assert invoke("processing", TICK) == {"relayed": 0}


def test_relay_leaves_young_payments_to_their_own_request(
    cloud: Cloud, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A payment just received is still in its own request's hands."""
    monkeypatch.setenv("PAYMENT_QUEUE_URL", f"{cloud.queue_url}-gone")
    post(invoke)
    assert invoke("processing", TICK) == {"relayed": 0}


def test_a_store_that_is_down_fails_no_tick(cloud: Cloud, invoke: Invoke) -> None:
    """The next tick is the next try: a tick among the dead letters would help nobody."""
    cloud.dynamodb.delete_table(TableName="transactions")
    assert invoke("processing", TICK) == {"relayed": 0}

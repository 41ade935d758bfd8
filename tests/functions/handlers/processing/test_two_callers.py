"""Two requests with one key and two bodies, each killed anywhere: the store alone decides."""

import itertools
from typing import Any

import pytest
from tests.functions.conftest import forget
from tests.functions.support.cloud import Cloud
from tests.functions.support.events import PAYMENT, rest
from tests.functions.support.world import World

BODIES = {"A": PAYMENT, "B": {**PAYMENT, "amount_minor_units": 999_999}}


def _post(world: World, caller: str, *, killed_at: int = -1) -> Any:
    world.fuse.at, world.fuse.passed = killed_at, 0
    event = rest("POST", "/process", BODIES[caller], headers={"Idempotency-Key": "key-1"})
    answer = world.run(event)
    return None if answer is None else answer["statusCode"]


def _clear(cloud: Cloud) -> None:
    for table, names in {
        "transactions": ("transaction_id", "timestamp"),
        "audit": ("transaction_id", "timestamp"),
        "idempotency": ("id",),
    }.items():
        for item in cloud.items(table):
            cloud.dynamodb.delete_item(TableName=table, Key={name: item[name] for name in names})
    cloud.receive(cloud.queue_url)


# A killed function has no metrics to publish.
@pytest.mark.filterwarnings("ignore:No application metrics")
def test_whoever_is_stored_is_accepted_and_the_other_refused(bare_world: World) -> None:
    """At every pair of moments: the stored one's repeat is 202, the other's 409, at once."""
    world, cloud = bare_world, bare_world.cloud
    assert _post(world, "A") == 202
    moments = range(0, world.fuse.passed + 1, 2)
    assert len(moments) > 4
    met = 0
    for first, second in itertools.product(moments, moments):
        _clear(cloud)
        forget()
        _post(world, "A", killed_at=first)
        _post(world, "B", killed_at=second)
        stored = [int(item["amount_minor_units"]["N"]) for item in cloud.transactions()]
        met += len(stored)
        owner = "B" if stored == [999_999] else "A"
        other = "A" if owner == "B" else "B"
        # A repeat of the one that is stored meets whatever the other left behind.
        assert _post(world, owner) == 202, (first, second)
        assert _post(world, other) == 409, (first, second)
        assert _post(world, owner) == 202, (first, second)
        [item] = cloud.transactions()
        amount = BODIES[owner]["amount_minor_units"]
        assert item["amount_minor_units"]["N"] == str(amount), (first, second)
    assert met > len(moments)

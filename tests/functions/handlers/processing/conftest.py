"""The platform that tests of processing kill."""

import pytest
from tests.functions.conftest import Invoke
from tests.functions.support.cloud import Cloud
from tests.functions.support.moving_clock import MovingClock
from tests.functions.support.world import World


@pytest.fixture
def bare_world(
    cloud: Cloud, invoke: Invoke, clock: MovingClock, monkeypatch: pytest.MonkeyPatch
) -> World:
    """Return a platform without a database."""
    return World(invoke, cloud, monkeypatch, clock)

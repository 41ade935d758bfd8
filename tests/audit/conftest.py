"""The sample platform and what its tests need."""

from collections.abc import Callable

import pytest

from audit.synthesized import Stack
from model.variation import Kind, Variation
from tests.audit.sample import ACCOUNTS, Approved, Platform, synthesized


@pytest.fixture
def platform() -> Platform:
    """Return three environments that obey every rule."""
    return Platform({name: synthesized(name) for name in ACCOUNTS})


@pytest.fixture
def approved() -> Approved:
    """Return the approval of each local of the platform."""
    return {
        name: Variation(kind=Kind.CAPACITY, reason="It follows the load.", unit="")
        for name in synthesized("dev")["locals"]
    }


@pytest.fixture
def spoilt() -> Callable[[str, str, object], Stack]:
    """Return the stack of dev with one attribute of the first resource of a type replaced."""

    def spoil(type_: str, attribute: str, value: object) -> Stack:
        document = synthesized("dev")
        config = next(iter(document["resource"][type_].values()))
        if value is None:
            del config[attribute]
        else:
            config[attribute] = value
        return Stack.from_json("payments-dev", document)

    return spoil

"""The sample platform and what its tests need."""

from collections.abc import Callable

import pytest

from audit.synthesized import Stack
from model.environment import DECLARED
from model.variation import local_name
from tests.audit.sample import ACCOUNTS, Approved, Platform, synthesized


@pytest.fixture
def platform() -> Platform:
    """Return three environments that obey every rule."""
    return Platform({name: synthesized(name) for name in ACCOUNTS})


@pytest.fixture
def approved() -> Approved:
    """Return the approval of each local of the platform, as the settings declare it."""
    declared = {local_name(one.path): one.variation for one in DECLARED}
    return {name: declared[name] for name in synthesized("dev")["locals"]}


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

"""One environment of the flagship, deployed to an emulator once for all tests."""

from collections.abc import Iterator

import pytest

from payctl.local.emulator import Emulator
from tests.conftest import Synthesis
from tests.terraform.conftest import terraform
from tests.terraform.workspace import Workspace

__all__ = ["terraform"]


@pytest.fixture(scope="session")
def deployed(
    terraform: None,
    payments: Synthesis,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Workspace]:
    """Production, applied with its confirmation; the largest of the three."""
    del terraform
    prod = payments.blueprint.environments[-1].identity
    at = tmp_path_factory.mktemp("deployed")
    emulator = Emulator.start(at / "emulator", account_id=prod.account_id, region=prod.region)
    try:
        workspace = Workspace.create(payments.output, "payments-prod", at=at, emulator=emulator)
        workspace.must("init", "-input=false")
        for _ in range(2):  # The emulator changes the database's endpoint once it is up.
            workspace.must("apply", "-auto-approve", "-input=false", **CONFIRMED)
        yield workspace
    finally:
        emulator.stop()


CONFIRMED = {"TF_VAR_confirmation": "payments-prod"}

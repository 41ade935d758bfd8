"""The flagship, deployed to emulators once for all tests: by Terraform alone, and by `payctl`."""

import os
import shutil
from collections.abc import Iterator

import pytest

from devcloud.emulator import Emulator
from devcloud.processes import end_all
from payctl.project import ROOT
from tests.conftest import Synthesis
from tests.e2e.local import ENVIRONMENTS, Local
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


@pytest.fixture(scope="session")
def local(terraform: None) -> Iterator[Local]:
    """All three environments with IAM enforced, applied at the same time.

    The files that use it are in order: payments, drift, end.
    """
    del terraform
    # Inside the project, where a database server that is not root may go.
    made = Local(ROOT / ".local" / f"e2e-{os.getpid()}")
    try:
        made.must("up", *ENVIRONMENTS, "--iam")
        yield made
    finally:
        for name in ENVIRONMENTS:
            end_all(made.place(name))
        shutil.rmtree(made.folder, ignore_errors=True)


CONFIRMED = {"TF_VAR_confirmation": "payments-prod"}

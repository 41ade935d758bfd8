"""Real Terraform and the real AWS provider; where there are none, tests skip and say so."""

import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from devcloud.emulator import Emulator
from tests.conftest import Synthesis
from tests.terraform.workspace import Workspace


@pytest.fixture(scope="session")
def terraform() -> None:
    """Skip where there is no Terraform; in CI, fail instead."""
    if shutil.which("terraform") is None:
        reason = "terraform is not on PATH: what needs it is not tested here"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def workspaces(
    terraform: None, payments: Synthesis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Workspace]]:
    """The flagship's environments, initialized, each with an emulator of its account and region."""
    del terraform
    made: dict[str, Workspace] = {}
    try:
        for environment in payments.blueprint.environments:
            at = tmp_path_factory.mktemp(environment.identity.name)
            made[environment.identity.name] = Workspace.create(
                payments.output,
                f"payments-{environment.identity.name}",
                at=at,
                emulator=Emulator.start(
                    at / "emulator",
                    account_id=environment.identity.account_id,
                    region=environment.identity.region,
                ),
            )
        with ThreadPoolExecutor() as pool:
            list(pool.map(_initialize, made.values()))
        yield made
    finally:
        for workspace in made.values():
            workspace.emulator.stop()


@pytest.fixture(scope="session")
def plans(workspaces: Mapping[str, Workspace]) -> Mapping[str, dict[str, object]]:
    """The plan of each environment before anything exists, as JSON."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(workspaces, pool.map(Workspace.plan, workspaces.values()), strict=True))


def _initialize(workspace: Workspace) -> None:
    done = workspace.run("init", "-input=false")
    if done.returncode and "registry" in done.stderr and not os.environ.get("CI"):
        pytest.skip("the AWS provider cannot be installed here: what needs it is not tested")
    assert done.returncode == 0, done.stderr

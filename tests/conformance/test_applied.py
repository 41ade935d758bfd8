"""Each reference platform really deploys to an emulator, settles, and goes away again.

Minutes each, so only on demand: `APPLY=1 pytest tests/conformance/test_applied.py`. What the
emulator cannot do is overridden beside the stack, here and nowhere else.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest

from devcloud.artefacts import ARTEFACTS
from devcloud.emulator import Emulator
from tests.conformance.column import requirement
from tests.conftest import Synthesis
from tests.terraform.conftest import terraform
from tests.terraform.workspace import Workspace

__all__ = ["terraform"]

_KEY: Final = ("-var=api_key=only-for-the-emulator",)
_VARIABLES: Final = {
    "metered": _KEY,
}
_PASSWORDS: Final = ("postgres", "aurora")


_REFERENCES: Final = ("dynamo", "metered", "postgres", "aurora", "graviton")


@pytest.fixture(scope="module")
def applied(
    request: pytest.FixtureRequest,
    terraform: None,
    synthesize: Callable[[str], Synthesis],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[str, Future[None]]]:
    """Apply and destroy the chosen platforms side by side; most of it is waiting."""
    del terraform
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield {
            platform: pool.submit(_apply, synthesize(platform), tmp_path_factory.mktemp(platform))
            for platform in _REFERENCES
            if any(f"test_applied[{platform}]" in item.nodeid for item in request.session.items)
        }


@requirement("V4", "G3", "R3")
@pytest.mark.skipif(not os.environ.get("APPLY"), reason="minutes: set APPLY=1")
@pytest.mark.parametrize("platform", _REFERENCES)
def test_applied(platform: str, applied: Mapping[str, Future[None]]) -> None:
    """It applies, a second plan is empty, no secret is in the state, destroy leaves nothing."""
    applied[platform].result()


def _apply(synthesis: Synthesis, tmp_path: Path) -> None:
    platform = synthesis.blueprint.platform.name
    identity = synthesis.blueprint.environments[0].identity
    emulator = Emulator.start(
        tmp_path / "emulator", account_id=identity.account_id, region=identity.region
    )
    try:
        stacks = [f"{platform}-{identity.name}"]
        if synthesis.blueprint.platform.network.own_stack:
            stacks.insert(0, f"{platform}-network-{identity.name}")
        workspaces = [
            Workspace.create(synthesis.output, stack, at=tmp_path, emulator=emulator)
            for stack in stacks
        ]
        for workspace in workspaces:
            _place_override(workspace)
            variables = () if "-network-" in workspace.folder.name else _VARIABLES.get(platform, ())
            _deploy(workspace, variables)
        main = workspaces[-1]
        if platform in _PASSWORDS:
            _assert_password_is_nowhere(main, f"/{platform}/{identity.name}/database/password")
        for workspace in reversed(workspaces):
            workspace.must("destroy", "-auto-approve", "-input=false")
            assert workspace.resources() == []
    finally:
        emulator.stop()


def _deploy(workspace: Workspace, variables: tuple[str, ...]) -> None:
    """Apply twice, for the emulator renames a database once it is up; then nothing may change."""
    workspace.must("init", "-input=false")
    for _ in range(2):
        workspace.must("apply", "-auto-approve", "-input=false", *variables)
    changes = workspace.plan(*variables)["resource_changes"]
    changed = {
        one["type"]
        for one in changes
        if one["mode"] == "managed" and one["change"]["actions"] != ["no-op"]
    }
    assert changed <= set(ARTEFACTS)


def _assert_password_is_nowhere(workspace: Workspace, name: str) -> None:
    ssm = workspace.client("ssm")
    password = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    assert len(password) == 32
    assert password not in workspace.state.read_text()
    assert password not in json.dumps(workspace.plan())
    assert password.encode() not in (workspace.folder / "plan.bin").read_bytes()


def _place_override(workspace: Workspace) -> None:
    """Give the emulator an engine version that it has, and the network's state from the disk."""
    stack: dict[str, Any] = json.loads((workspace.folder / "cdk.tf.json").read_text())
    clusters = {
        id_: {"engine_version": "13.23"}
        for id_, config in stack["resource"].get("aws_rds_cluster", {}).items()
        if config["engine_version"] == "13.7"
    }
    networks = {
        id_: {
            "backend": "local",
            "config": {"path": f"../{_network_of(workspace)}/terraform.tfstate"},
        }
        for id_ in stack.get("data", {}).get("terraform_remote_state", {})
    }
    override = {
        **({"resource": {"aws_rds_cluster": clusters}} if clusters else {}),
        **({"data": {"terraform_remote_state": networks}} if networks else {}),
    }
    if override:
        (workspace.folder / "reference_override.tf.json").write_text(json.dumps(override))


def _network_of(workspace: Workspace) -> str:
    platform, _, environment = workspace.folder.name.partition("-")
    return f"{platform}-network-{environment}"

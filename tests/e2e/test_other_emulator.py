"""What ministack cannot remember is proven on moto: nothing is taken on trust [V4]."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from devcloud.emulator import Emulator, free_port
from tests.conftest import Synthesis
from tests.terraform.workspace import Workspace

PROVEN = ("aws_cloudwatch_metric_alarm", "aws_flow_log")
"""The artefacts that moto remembers; it forgets more of databases than ministack does."""


@pytest.fixture(scope="module")
def settled(
    terraform: None, payments: Synthesis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[dict[str, Any]]]:
    """The second plan of dev's artefacts, and of what they need, on moto."""
    del terraform
    dev = payments.blueprint.environments[0].identity
    endpoint = f"http://127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", endpoint.rsplit(":", 1)[1]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "MOTO_ACCOUNT_ID": dev.account_id,
            "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
        },
    ) as moto:
        try:
            _wait(endpoint)
            workspace = Workspace.create(
                payments.output,
                "payments-dev",
                at=tmp_path_factory.mktemp("moto"),
                emulator=Emulator(
                    endpoint=endpoint, account_id=dev.account_id, region=dev.region, pid=moto.pid
                ),
            )
            resources = payments.stack("dev").resources(*PROVEN)
            targets = [f"-target={resource.address}" for resource in resources]
            workspace.must("init", "-input=false")
            workspace.must("apply", "-auto-approve", "-input=false", *targets)
            yield workspace.plan(*targets)["resource_changes"]
        finally:
            moto.terminate()


def test_alarms_settle(settled: list[dict[str, Any]]) -> None:
    """A second plan changes no alarm."""
    alarms = [change for change in settled if change["type"] == "aws_cloudwatch_metric_alarm"]
    assert len(alarms) > 20
    assert {tuple(change["change"]["actions"]) for change in alarms} == {("no-op",)}


def test_the_flow_log_settles(settled: list[dict[str, Any]]) -> None:
    """Nothing of the flow log itself changes; moto forgets the class of the log group under it."""
    (flow,) = [change for change in settled if change["type"] == "aws_flow_log"]
    before, after = flow["change"]["before"], flow["change"]["after"]
    configured = {name: value for name, value in after.items() if value is not None}
    assert {name: before[name] for name in configured} == configured
    assert flow["change"].get("replace_paths", []) in ([], [["log_destination"]])


def _wait(endpoint: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{endpoint}/moto-api/", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"moto must answer at {endpoint} within 30 s")

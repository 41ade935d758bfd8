"""`payctl local` runs the flagship in all three environments on one machine [G7, G8, F3].

One deployment with IAM enforced serves every test; the last one takes it down again.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from payctl.local.place import Place
from payctl.local.processes import end_all, processes
from payctl.project import ROOT
from tests.terraform.conftest import terraform

__all__ = ["terraform"]
ENVIRONMENTS = ("dev", "staging", "prod")


class Local:
    """The command line, with a folder for local copies of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `payctl local` and return how it went."""
        return subprocess.run(
            [sys.executable, "-m", "payctl.local", *arguments],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "PAYCTL_LOCAL_FOLDER": str(self.folder)},
        )

    def must(self, *arguments: str) -> str:
        """Run `payctl local`; anything but success is a failure."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def place(self, environment: str) -> Place:
        """Return where *environment* is."""
        return Place(folder=self.folder / f"payments-{environment}")

    def record(self, environment: str) -> Mapping[str, str]:
        """Return the record of *environment*."""
        record: Mapping[str, str] = json.loads(self.place(environment).record.read_text())
        return record


@pytest.fixture(scope="module")
def local(terraform: None) -> Iterator[Local]:
    """All three environments, applied at the same time."""
    del terraform
    # Inside the project, where a database server that is not root may go.
    made = Local(ROOT / ".local" / f"e2e-{os.getpid()}")
    try:
        # On a slow machine the emulator may answer later than the provider waits, which then asks
        # again and is told that it has the thing already. As a user is told: up starts over.
        if made.run("up", *ENVIRONMENTS, "--iam").returncode:
            made.must("up", *ENVIRONMENTS, "--iam")
        yield made
    finally:
        for name in ENVIRONMENTS:
            end_all(made.place(name))
        shutil.rmtree(made.folder, ignore_errors=True)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize(
    ("token", "end"), [("tok_approve", "captured"), ("tok_decline", "declined")]
)
def test_a_payment_gets_to_its_end(local: Local, environment: str, token: str, end: str) -> None:
    """With nothing but the roles' own permissions."""
    status = json.loads(local.must("pay", environment, "--token", token, "--json"))
    assert status["state"] == end


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_all_run_the_same_blueprint(local: Local, environment: str) -> None:
    """One digest in all of them."""
    assert local.record(environment)["digest"] == local.record("dev")["digest"]


def test_strangers_are_refused(local: Local) -> None:
    """IAM is enforced: keys that nobody was given open nothing."""
    record = local.record("prod")
    stranger = boto3.client(
        "dynamodb",
        endpoint_url=record["endpoint"],
        region_name=record["region"],
        verify=record["certificate"],
        aws_access_key_id="AKIASTRANGER00000000",
        aws_secret_access_key="guessed",  # noqa: S106 - which is the point
    )
    with pytest.raises(ClientError):
        stranger.scan(TableName="payment-transactions-prod")


def test_the_books_balance(local: Local) -> None:
    """Repeats, declines and poison neither lose nor double a payment."""
    report = json.loads(
        local.must("traffic", "staging", "--rate", "20", "--seconds", "10", "--json")
    )
    assert report["problems"] == []
    assert report["received"] == sum(report["states"].values())
    assert report["duplicates"] > 0
    assert report["poison"] > 0


def test_a_change_by_hand_is_made(local: Local) -> None:
    """Drift detection has something to find."""
    local.must("tamper", "dev", "function-memory")
    record = local.record("dev")
    client = boto3.client(
        "lambda",
        endpoint_url=record["endpoint"],
        region_name=record["region"],
        verify=record["certificate"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - an emulator's
    )
    function = client.get_function_configuration(FunctionName="payment-processing-dev")
    assert function["MemorySize"] == 128


def test_status_knows_what_is_dead(local: Local) -> None:
    """An emulator that was killed is said not to be well, with the next step."""
    assert local.run("status").returncode == 0
    os.kill(int(local.record("staging")["emulator_pid"]), 9)
    done = local.run("status")
    assert done.returncode == 1
    assert "payctl local up staging" in done.stdout


def test_down_leaves_nothing(local: Local) -> None:
    """No process, no file; what was alive went through Terraform."""
    printed = local.must("down")
    assert "dev: destroyed" in printed
    assert "prod: destroyed" in printed
    assert "staging: its emulator had died" in printed
    assert all(processes(local.place(name)) == frozenset() for name in ENVIRONMENTS)
    assert not local.folder.exists()

"""Every hand-made change is found, in its class and at its address; nothing else is reported."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from attrs import frozen

from model.blueprint import Blueprint
from model.environment import Environment
from payctl.local.emulator import Emulator
from tests.conftest import ROOT
from tests.payctl.hand import Hand, Tamper
from tests.payctl.tampers import TAMPERS
from tests.terraform.conftest import terraform

__all__ = ["terraform"]
PLATFORM = "dynamo"
"""A reference platform with all that is tampered with, and no database server to wait for."""
ENVIRONMENTS = ("dev", "staging")
Reported = list[dict[str, Any]]


@frozen(kw_only=True)
class Account:
    """One environment on an emulator of its own, deployed by `payctl`."""

    environment: Environment
    emulator: Emulator
    variables: Mapping[str, str]

    def payctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `payctl` as a user does."""
        return subprocess.run(
            [sys.executable, "-m", "payctl", *arguments, "--platform", PLATFORM],
            check=False,
            capture_output=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, **self.variables},
        )

    def drift(self) -> tuple[int, Reported]:
        """Return the exit status and what `payctl drift` reports that is not accepted or noise."""
        name = self.environment.identity.name
        done = self.payctl("drift", name, "--json")
        assert done.returncode in (0, 1), done.stderr
        reported = json.loads(done.stdout)[name]
        return done.returncode, [
            change for change in reported if change["class"] != "noise" and not change["accepted"]
        ]

    def client(self, service: str) -> Any:
        """Return a boto3 client of the account."""
        client: Any = boto3.client  # Its stubs know the services by literals.
        return client(
            service,
            endpoint_url=self.emulator.endpoint,
            region_name=self.emulator.region,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - the emulator's
        )

    def state(self) -> Mapping[str, Any]:
        """Return what Terraform knows."""
        place = self.environment.state
        body = self.client("s3").get_object(Bucket=place.bucket, Key=place.key)["Body"].read()
        state: Mapping[str, Any] = json.loads(body)
        return state


@pytest.fixture(scope="session")
def accounts(
    terraform: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Mapping[str, Account]]:
    """Two environments, deployed at the same time and by the commands that users have."""
    del terraform
    made: dict[str, Account] = {}
    try:
        for environment in Blueprint.load(ROOT / "envs" / PLATFORM).environments:
            name = environment.identity.name
            if name in ENVIRONMENTS:
                made[name] = _account(environment, tmp_path_factory.mktemp(name))
        with ThreadPoolExecutor() as pool:
            list(pool.map(_deploy, made.values()))
        yield made
    finally:
        for account in made.values():
            account.emulator.stop()


def _account(environment: Environment, folder: Path) -> Account:
    identity = environment.identity
    emulator = Emulator.start(
        folder / "emulator", account_id=identity.account_id, region=identity.region
    )
    variables = {**emulator.variables, "PAYCTL_CACHE": str(folder / "cache")}
    return Account(environment=environment, emulator=emulator, variables=variables)


def _deploy(account: Account) -> None:
    name = account.environment.identity.name
    for arguments in (
        ("bootstrap", name),
        ("deploy", name, "--override", "the emulators of this test know nothing of each other"),
    ):
        done = account.payctl(*arguments)
        assert done.returncode == 0, done.stderr


def test_an_untouched_environment_reports_nothing(accounts: Mapping[str, Account]) -> None:
    """What was just deployed is as the code says, in every environment."""
    assert {name: account.drift() for name, account in accounts.items()} == {
        name: (0, []) for name in accounts
    }


def test_every_hand_made_change_is_found(
    accounts: Mapping[str, Account], capsys: pytest.CaptureFixture[str]
) -> None:
    """All at once: each in the right class, at the right address, and the exit status says 1."""
    account = accounts["dev"]
    hand = Hand(client=account.client, state=account.state())
    expected = {tamper.name: (tamper, tamper.does(hand)) for tamper in TAMPERS}
    status, reported = account.drift()
    found = {name for name, (tamper, at) in expected.items() if _has(reported, tamper, at)}
    with capsys.disabled():
        sys.stdout.write(f"\n{_score(expected, found, reported)}\n")
    assert set(expected) - found == set()
    assert status == 1


def test_other_environments_stay_untouched(accounts: Mapping[str, Account]) -> None:
    """What happens in one environment is not reported in another."""
    assert accounts["staging"].drift() == (0, [])


def _has(reported: Reported, tamper: Tamper, at: str) -> bool:
    return any(
        change["class"] == tamper.kind.value and at in change["address"] for change in reported
    )


def _score(expected: Mapping[str, tuple[Tamper, str]], found: set[str], reported: Reported) -> str:
    lines = [f"drift score: {len(found)} of {len(expected)} hand-made changes"]
    for name, (tamper, at) in expected.items():
        mark = "found " if name in found else "MISSED"
        lines.append(f"  {mark} {tamper.kind.value:<9} {name:<30} {at}")
    touched = {at for _, at in expected.values()}
    beside = [c for c in reported if not any(at in c["address"] for at in touched)]
    lines.append(f"  {len(beside)} reports beside, which only follow from these:")
    lines += [f"    {c['class']} {c['address']} {c['path']}" for c in beside]
    return "\n".join(lines)

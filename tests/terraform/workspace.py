"""A synthesized stack where real Terraform runs it, against an emulator."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

import boto3
from attrs import frozen

from audit.synthesized import read_stack
from devcloud.emulator import Emulator
from devcloud.override import place


@frozen(kw_only=True)
class Workspace:
    """A copy of one stack's folder; `cdk.tf.json` is as it was synthesized."""

    folder: Path
    emulator: Emulator

    @classmethod
    def create(cls, output: Path, stack: str, *, at: Path, emulator: Emulator) -> Self:
        """Copy *stack* of *output* below *at*, with local state and the emulator's settings."""
        folder = at / "stacks" / stack
        shutil.copytree(output / "stacks" / stack, folder)
        shutil.copytree(output / "archives", at / "archives", dirs_exist_ok=True)
        # There is no database behind the emulator, so nothing is migrated.
        place(folder, read_stack(folder), migrates=False)
        return cls(folder=folder, emulator=emulator)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run `terraform` and return how it went."""
        return subprocess.run(
            ["terraform", *arguments],
            check=False,
            cwd=self.folder,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={
                **os.environ,
                **self.emulator.variables,
                "TF_IN_AUTOMATION": "1",
                "TF_CLI_ARGS": "-no-color",
                **variables,
            },
        )

    def must(self, *arguments: str, **variables: str) -> str:
        """Run `terraform` and return what it printed; anything but success is a failure."""
        done = self.run(*arguments, **variables)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def plan(self, *arguments: str) -> dict[str, Any]:
        """Plan, and return the plan as JSON."""
        self.must("plan", "-input=false", "-out=plan.bin", *arguments)
        plan: dict[str, Any] = json.loads(self.must("show", "-json", "plan.bin"))
        return plan

    def client(self, service: str) -> Any:
        """Return a boto3 client that talks to the emulator."""
        return boto3.client(
            service,
            endpoint_url=self.emulator.endpoint,
            region_name=self.emulator.region,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - an emulator takes any
        )

    def resources(self) -> list[str]:
        """Return the addresses of everything that Terraform manages and knows to exist."""
        known = self.must("state", "list").split() if self.state.exists() else []
        return [address for address in known if not address.startswith("data.")]

    @property
    def state(self) -> Path:
        """The file of the local state."""
        return self.folder / "terraform.tfstate"

"""The command line as a user has it, with a folder for local copies of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3
from attrs import frozen

from devcloud.place import Place
from payctl.project import ROOT

ENVIRONMENTS = ("dev", "staging", "prod")


@frozen
class Local:
    """What `payctl local` runs below a folder."""

    folder: Path

    def payctl(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `payctl` and return how it went."""
        return subprocess.run(
            [sys.executable, "-m", "payctl", *arguments],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "PAYCTL_LOCAL_FOLDER": str(self.folder)},
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `payctl local` and return how it went."""
        return self.payctl("local", *arguments)

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

    def client(self, environment: str, service: str, *, key: str = "test") -> Any:
        """Return a boto3 client of the account of *environment*, with the access key *key*."""
        record = self.record(environment)
        client: Any = boto3.client  # Its stubs know the services by literals.
        return client(
            service,
            endpoint_url=record["endpoint"],
            region_name=record["region"],
            verify=record["certificate"],
            aws_access_key_id=key,
            aws_secret_access_key="test",  # noqa: S106 - an emulator's
        )

"""An account with one bucket, in memory, and a program that plays Terraform."""

import io
import json
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from attrs import field, frozen
from botocore.exceptions import ClientError

from payctl.access import Access
from payctl.endpoint import AWS, Endpoint

TERRAFORM = """
import json, pathlib, sys
here = pathlib.Path(sys.argv[1])
command, *arguments = sys.argv[2:]
with here.joinpath("commands").open("a") as file:
    file.write(" ".join([command, *arguments]) + "\\n")
plans = json.loads(here.joinpath("plans.json").read_text())
count = here.joinpath("count")
made = int(count.read_text()) if count.exists() else 0
if command == "plan":
    count.write_text(str(made + 1))
    pathlib.Path("plan.bin").write_text("armed")
elif command == "show":
    shown = plans[min(made, len(plans)) - 1]
    state = {"format_version": "1.0", "values": shown.get("prior_state", {}).get("values", {})}
    print(json.dumps(shown if arguments[1:] else state))
elif command == "output":
    print("{}")
elif command == "apply" and here.joinpath("fails").exists() and "-refresh-only" not in arguments:
    print(json.dumps({"type": "diagnostic", "diagnostic": {
        "severity": "error", "summary": "no money", "detail": ""}}))
    sys.exit(1)
"""


@frozen(kw_only=True)
class Bucket:
    """What an S3 client is asked for here."""

    objects: dict[str, bytes] = field(factory=dict)

    def put_object(self, *, Key: str, Body: bytes, **_: object) -> None:  # noqa: N803 - boto3's
        """Keep an object."""
        self.objects[Key] = Body

    def get_object(self, *, Key: str, **_: object) -> Mapping[str, Any]:  # noqa: N803 - boto3's
        """Return an object."""
        if Key not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        return {"Body": io.BytesIO(self.objects[Key])}

    def head_object(self, *, Key: str, **_: object) -> None:  # noqa: N803 - boto3's
        """Say that an object is there."""
        if Key not in self.objects:
            raise ClientError({"Error": {"Code": "404"}}, "HeadObject")

    def get_paginator(self, _: str) -> Any:
        """Return what lists the objects."""

        def pages(*, Prefix: str, **_: object) -> Iterator[Mapping[str, Any]]:  # noqa: N803
            yield {"Contents": [{"Key": key} for key in self.objects if key.startswith(Prefix)]}

        return SimpleNamespace(paginate=pages)


@frozen(kw_only=True)
class InMemory(Access):
    """The way into the account in memory."""

    bucket: Bucket = field(factory=Bucket)
    region: str = "us-east-1"
    account_id: str = "1" * 12
    endpoint: Endpoint = AWS

    def client(self, service: str, *, region: str = "") -> Any:  # noqa: ARG002 - boto3's
        """Return the client of S3."""
        assert service == "s3"
        return self.bucket


def play(folder: Path, plans: list[Any]) -> Path:
    """Write a program called terraform that answers with *plans* in turn; return where it is."""
    folder.mkdir()
    (folder / "plans.json").write_text(json.dumps(plans))
    (folder / "player.py").write_text(TERRAFORM)
    program = folder / "terraform"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {folder}/player.py {folder} "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program

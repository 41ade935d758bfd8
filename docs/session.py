"""Writes docs/session.md: what every command prints, recorded from a real session.

    python docs/session.py

Needs Terraform and the extra `local`, and takes some ten minutes: a platform is deployed to
emulators, looked at, changed by hand, and taken down again.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import boto3

from model.blueprint import Blueprint
from payctl.local.emulator import Emulator

ROOT: Final = Path(__file__).parents[1]
SMALL: Final = "graviton"
"""The platform that is deployed: the smallest one."""
LONGEST: Final = 60
_HEAD: Final = """\
# A session

<!-- Recorded by `python docs/session.py`; do not edit. -->

What every command prints. Long outputs are cut, and say so. An exit status that is not 0 is named.
The accounts are emulators, one per environment; against AWS only `AWS_ENDPOINT_URL` goes away.
"""
OFFLINE: Final = (
    "payctl synth",
    "payctl parity",
    "payctl explain functions.memory_mebibytes",
    "payctl explain local.alarms_api_5xx_percent --json",
    "payctl policy",
    "payctl manifest prod",
)
LOCAL: Final = (
    "payctl local up dev",
    "payctl local pay",
    "payctl local pay --token tok_decline",
    "payctl local traffic --rate 5 --seconds 4",
    "payctl local tamper dev",
    "payctl local tamper dev --random",
    "payctl drift dev --local",
    "payctl local status",
    "payctl local logs dev",
    "payctl local down",
)


def main() -> None:
    """Run everything, and write it down."""
    parts = [_HEAD, "## Without an account", *map(_recorded, OFFLINE)]
    parts += ["## With an account", *_deployed()]
    parts += ["## On a laptop", *map(_recorded, LOCAL)]
    (ROOT / "docs" / "session.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _deployed() -> Iterator[str]:
    """Deploy dev and staging, change something by hand, find it, and remove both."""
    blueprint = Blueprint.load(ROOT / "envs" / SMALL)
    with tempfile.TemporaryDirectory() as folder:
        emulators = {}
        try:
            for environment in blueprint.environments[:2]:
                identity = environment.identity
                emulators[identity.name] = Emulator.start(
                    Path(folder) / identity.name,
                    account_id=identity.account_id,
                    region=identity.region,
                )
            yield from _in_accounts(emulators, Path(folder) / "cache")
        finally:
            for emulator in emulators.values():
                emulator.stop()


def _in_accounts(emulators: Mapping[str, Emulator], cache: Path) -> Iterator[str]:
    for command, name in (
        ("payctl bootstrap dev", "dev"),
        ("payctl plan dev", "dev"),
        ("payctl deploy dev", "dev"),
        ("payctl drift dev", "dev"),
        ("", "dev"),
        ("payctl drift dev", "dev"),
        ("payctl status", "dev"),
        ("payctl manifest dev --deployed", "dev"),
        ("payctl bootstrap staging", "staging"),
        ("payctl deploy staging", "staging"),
        ("payctl destroy dev", "dev"),
    ):
        emulator = emulators[name]
        if command:
            variables = {**emulator.variables, "PAYCTL_CACHE": str(cache)}
            yield _recorded(f"{command} --platform {SMALL}", variables)
        else:
            yield _by_hand(emulator)


def _by_hand(emulator: Emulator) -> str:
    """Change the memory of a function, as somebody in a hurry does."""
    functions = boto3.client(
        "lambda",
        endpoint_url=emulator.endpoint,
        region_name=emulator.region,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    name = functions.list_functions()["Functions"][0]["FunctionName"]
    functions.update_function_configuration(FunctionName=name, MemorySize=3008)
    return (
        "Somebody is in a hurry:\n\n```console\n$ aws lambda update-function-configuration "
        f"--function-name {name} --memory-size 3008\n```"
    )


def _recorded(command: str, variables: Mapping[str, str] | None = None) -> str:
    sys.stderr.write(f"{command}\n")
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        check=False,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "COLUMNS": "100", **(variables or {})},
    )
    lines = [f"$ {command}", *_cut(_relative(done.stdout).rstrip().splitlines())]
    if done.returncode:
        lines.append(f"(exit status {done.returncode})")
    return "\n".join(["```console", *lines, "```"])


def _relative(text: str) -> str:
    """Leave out where this machine keeps the project."""
    return re.sub(rf"{re.escape(str(ROOT))}/?", "", text)


def _cut(lines: Sequence[str]) -> Sequence[str]:
    if len(lines) <= LONGEST:
        return [line.rstrip() for line in lines]
    left_out = len(lines) - LONGEST
    return [*(line.rstrip() for line in lines[:LONGEST]), f"… and {left_out} lines more"]


if __name__ == "__main__":
    main()

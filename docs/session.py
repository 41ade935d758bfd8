"""Writes docs/session.md: what every command prints, recorded from a real session.

    python docs/session.py

Needs Terraform and the extra `local`, and takes some ten minutes: platforms are deployed to
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

from devcloud.emulator import Emulator
from model.blueprint import Blueprint

ROOT: Final = Path(__file__).parents[1]
SMALL: Final = "graviton"
"""The platform that is deployed: the smallest one."""
LONGEST: Final = 45
_HEAD: Final = """\
# A session

<!-- Recorded by `python docs/session.py`; do not edit. -->

What every command prints. Long outputs are cut, and say so. An exit status that is not 0 is named.
The account is an emulator; against AWS only `AWS_ENDPOINT_URL` goes away.
"""
OFFLINE: Final = (
    "payctl synth",
    "payctl parity",
    "payctl explain functions.memory_mebibytes",
    "payctl explain local.alarms_api_5xx_percent --json",
    "payctl policy",
    "payctl manifest prod",
)
DEPLOYED: Final = (
    "payctl bootstrap dev",
    "payctl plan dev",
    "payctl deploy dev",
    "payctl drift dev",
)
CHANGED: Final = (
    "payctl drift dev",
    "payctl status",
    "payctl manifest dev --deployed",
    "payctl destroy dev",
)
LOCAL: Final = (
    "payctl local up dev",
    "payctl local pay",
    "payctl local pay --token tok_decline",
    "payctl local traffic --rate 5 --seconds 4",
    "payctl local tamper dev",
    "payctl local tamper dev --random",
    "payctl local run drift dev",
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
    """Deploy dev, change something by hand, find it, and remove everything."""
    dev = Blueprint.load(ROOT / "envs" / SMALL).environments[0].identity
    with tempfile.TemporaryDirectory() as folder:
        emulator = Emulator.start(
            Path(folder) / "emulator", account_id=dev.account_id, region=dev.region
        )
        variables = {**emulator.variables, "PAYCTL_CACHE": str(Path(folder) / "cache")}
        try:
            for command in DEPLOYED:
                yield _recorded(f"{command} --platform {SMALL}", variables)
            yield _by_hand(emulator)
            for command in CHANGED:
                yield _recorded(f"{command} --platform {SMALL}", variables)
        finally:
            emulator.stop()


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
    """Leave out where this machine keeps the project, and what no terminal shows."""
    printable = "".join(one for one in text if one.isprintable() or one == "\n")
    return re.sub(rf"{re.escape(str(ROOT))}/?", "", printable)


def _cut(lines: Sequence[str]) -> Sequence[str]:
    if len(lines) <= LONGEST:
        return [line.rstrip() for line in lines]
    left_out = len(lines) - LONGEST
    return [*(line.rstrip() for line in lines[:LONGEST]), f"… and {left_out} lines more"]


if __name__ == "__main__":
    main()

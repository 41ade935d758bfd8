"""An AWS emulator on this machine: one process per environment, on loopback only."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from attrs import frozen

LOOPBACK: Final = "127.0.0.1"
_READY_SECONDS: Final = 30
_STOP_SECONDS: Final = 10


class EmulatorError(RuntimeError):
    """The emulator could not be started, or died; the message says what to do."""


@frozen(kw_only=True)
class Emulator:
    """A running emulator of one account in one region.

    Attributes:
        endpoint: Its URL, for `AWS_ENDPOINT_URL`.

        pid: Its process, which leads a process group of its own.
    """

    endpoint: str
    account_id: str
    region: str
    pid: int

    @classmethod
    def start(
        cls,
        folder: Path,
        *,
        account_id: str,
        region: str,
        port: int = 0,
        enforce_iam: bool = False,
    ) -> Self:
        """Start an emulator that keeps its data and its log in *folder*, and wait until it answers.

        Args:
            folder: Made when missing.

            account_id: The account that it plays.

            region: The region that it plays.

            port: Where it listens, 0 for any free port.

            enforce_iam: Whether it refuses what policies do not allow.

        Raises:
            EmulatorError: When it is not installed, the port is taken, or it does not answer.
        """
        port = port or free_port()
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "emulator.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", "ministack"],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={
                    **os.environ,
                    "AUTH": str(enforce_iam).lower(),
                    "AWS_ACCESS_KEY_ID": "test",
                    "AWS_SECRET_ACCESS_KEY": "test",
                    "BIND_HOST": LOOPBACK,
                    "GATEWAY_PORT": str(port),
                    "IOT_MTLS_ENABLED": "0",
                    "MINISTACK_ACCOUNT_ID": account_id,
                    "MINISTACK_HOST": LOOPBACK,
                    "MINISTACK_REGION": region,
                    "S3_DATA_DIR": str(folder / "s3"),
                    "SFTP_ENABLED": "0",
                    "TMPDIR": str(folder),
                },
            )
        emulator = cls(
            endpoint=f"http://{LOOPBACK}:{port}",
            account_id=account_id,
            region=region,
            pid=process.pid,
        )
        _wait(emulator, process, log)
        process.returncode = 0  # It outlives us on purpose; nobody need warn that it still runs.
        return emulator

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables with which Terraform and boto3 reach it."""
        return {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
        }

    def answers(self) -> bool:
        """Tell whether it is there."""
        try:
            with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=2):  # noqa: S310 - loopback
                return True
        except OSError:
            return False

    def stop(self) -> None:
        """End it and whatever it started; nothing happens when it is gone already."""
        try:
            group = os.getpgid(self.pid)
            os.killpg(group, signal.SIGTERM)
            for _ in range(_STOP_SECONDS * 10):
                os.waitpid(self.pid, os.WNOHANG)
                os.killpg(group, 0)
                time.sleep(0.1)
            os.killpg(group, signal.SIGKILL)
        except (ProcessLookupError, ChildProcessError):
            return


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(emulator: Emulator, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not emulator.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            emulator.stop()
            last = log.read_text(errors="replace").strip().splitlines()[-3:]
            raise EmulatorError(
                f"the emulator at {emulator.endpoint} must answer within {_READY_SECONDS} s; "
                f"its last words, in {log}: {' | '.join(last) or 'none'}"
            )
        time.sleep(0.1)

"""An AWS emulator on this machine: one process per environment, on loopback only."""

import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from attrs import frozen

from devcloud.address import LOOPBACK, free_port
from payctl.errors import CannotError

__all__ = ["Emulator", "EmulatorError", "answers", "free_port", "loopback_context"]

_PROGRAM: Final = Path(__file__).with_name("emulated.py")
_READY_SECONDS: Final = 60
_ANSWER_SECONDS: Final = 15
_STOP_SECONDS: Final = 10
_UNMARKED: Final[Mapping[str, str]] = MappingProxyType({})


class EmulatorError(CannotError):
    """The emulator could not be started, or died."""


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
    def start(  # noqa: PLR0913 - all that tells one emulator from another
        cls,
        folder: Path,
        *,
        account_id: str,
        region: str,
        address: str = LOOPBACK,
        port: int = 0,
        enforce_iam: bool = False,
        mark: Mapping[str, str] = _UNMARKED,
        tls: tuple[Path, Path] | None = None,
    ) -> Self:
        """Start an emulator that keeps its data and its log in *folder*, and wait until it answers.

        Args:
            folder: Made when missing.

            account_id: The account that it plays.

            region: The region that it plays.

            address: The loopback address where it listens, and where it says databases are.

            port: Where it listens, 0 for any free port.

            enforce_iam: Whether it refuses what policies do not allow.

            mark: Environment variables by which its processes are known.

            tls: The files of its certificate and key; without them it talks plain HTTP.

        Raises:
            EmulatorError: When it is not installed or does not answer.
            CannotError: When the port is taken.
        """
        if find_spec("ministack") is None:
            raise EmulatorError(
                "ministack, the emulator of AWS, is not installed",
                next_step="pip install -e '.[local]'",
            )
        port = free_port(address, port)
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "emulator.log"
        endpoint = f"{'https' if tls else 'http'}://{address}:{port}"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        with log.open("ab") as output:
            process = subprocess.Popen(
                [sys.executable, "-P", str(_PROGRAM)],  # Its neighbours are no top-level modules.
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={
                    **inherited,
                    **mark,
                    **(_secured(*tls) if tls else {}),
                    "AUTH": str(enforce_iam).lower(),
                    "AWS_ACCESS_KEY_ID": "test",
                    "AWS_SECRET_ACCESS_KEY": "test",
                    "AWS_ENDPOINT_URL": endpoint,  # Where the functions find AWS.
                    "BIND_HOST": address,
                    "GATEWAY_PORT": str(port),
                    "IOT_MTLS_ENABLED": "0",
                    "MINISTACK_ACCOUNT_ID": account_id,
                    "MINISTACK_HOST": address,
                    "MINISTACK_REGION": region,
                    "S3_DATA_DIR": str(folder / "s3"),
                    "SFTP_ENABLED": "0",
                    "STATE_DIR": str(folder / "state"),
                    "TMPDIR": str(folder),
                },
            )
        emulator = cls(endpoint=endpoint, account_id=account_id, region=region, pid=process.pid)
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
        return answers(self.endpoint)

    def stop(self) -> None:
        """End it and whatever it started; nothing happens when it is gone already."""
        group = self.pid  # It leads its group, which may outlive it.
        try:
            os.killpg(group, signal.SIGTERM)
            for _ in range(_STOP_SECONDS * 10):
                with suppress(ChildProcessError):
                    os.waitpid(self.pid, os.WNOHANG)
                os.killpg(group, 0)
                time.sleep(0.1)
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return


def answers(endpoint: str) -> bool:
    """Tell whether an emulator is there."""
    try:
        with urllib.request.urlopen(  # noqa: S310 - loopback
            f"{endpoint}/_ministack/health", timeout=_ANSWER_SECONDS, context=loopback_context()
        ):
            return True
    except OSError:
        return False


@cache
def loopback_context() -> ssl.SSLContext:
    """Return what TLS asks of a server on this machine: nothing."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _secured(certificate: Path, key: Path) -> Mapping[str, str]:
    return {
        "AWS_CA_BUNDLE": str(certificate),  # For the functions.
        "MINISTACK_SSL_CERT": str(certificate),
        "MINISTACK_SSL_KEY": str(key),
        "USE_SSL": "1",
    }


def _wait(emulator: Emulator, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not emulator.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            emulator.stop()
            last = log.read_text(errors="replace").strip().splitlines()[-3:]
            raise EmulatorError(
                f"the emulator at {emulator.endpoint} must answer within {_READY_SECONDS} s; "
                f"its last words, in {log}: {' | '.join(last) or 'none'}",
                next_step="read the log; with too little memory, name fewer environments",
            )
        time.sleep(0.1)

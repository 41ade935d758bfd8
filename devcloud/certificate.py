"""One certificate for all emulators on this machine: policies refuse requests without TLS.

It is made when IAM is enforced; without that nobody reads the policies, and plain HTTP will do.
"""

import os
import subprocess
from pathlib import Path
from typing import Final

from devcloud.address import ADDRESSES
from devcloud.place import CERTIFICATES, places_folder
from payctl.errors import CannotError

_NAMES: Final = ",".join(f"IP:{address}" for address in ADDRESSES)
BUNDLE: Final = "AWS_CA_BUNDLE"
"""The environment variable by which every AWS tool is told whom to trust."""


def certificate() -> tuple[Path, Path]:
    """Return the files of the certificate and its key, made when they are missing.

    Raises:
        CannotError: When openssl does not make them.
    """
    folder = places_folder() / CERTIFICATES
    folder.mkdir(parents=True, exist_ok=True)
    made, key = folder / "emulator.crt", folder / "emulator.key"
    if made.exists() and key.exists():
        return made, key
    part = folder / f"emulator.crt.{os.getpid()}"
    try:
        subprocess.run(
            ["openssl", "req", "-new", "-x509", "-days", "365", "-nodes", "-newkey", "rsa:2048",
             "-subj", "/CN=payments-local-emulator", "-addext", f"subjectAltName={_NAMES}",
             "-out", part, "-keyout", key],
            check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotError(
            f"openssl could not make the certificate of the emulator: {error}",
            next_step="install openssl, or leave --iam out",
        ) from error
    key.chmod(0o600)
    part.replace(made)
    return made, key


def trust(bundle: str) -> None:
    """Let this process trust *bundle*, unless it is empty."""
    if bundle:
        os.environ[BUNDLE] = bundle

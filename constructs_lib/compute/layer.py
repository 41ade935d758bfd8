"""Builds the Lambda layer with what the functions depend on, without Docker and only once."""

import hashlib
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from constructs_lib.compute.archive import base64_sha256, write_zip

_FORMAT: Final = "1"
"""Changes when the same wheels would give another layer."""

_PLATFORMS: Final = {"arm64": "manylinux2014_aarch64", "x86_64": "manylinux2014_x86_64"}
_PIN: Final = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+")
_PYTHON: Final = re.compile(r"3\.\d{1,2}")
_LIBRARY: Final = re.compile(r"[^/]+\.data/(?:purelib|platlib)/")
_LEFT_OUT: Final = re.compile(r"[^/]+\.data/|.*\.dist-info/(?:RECORD|INSTALLER)$|.*\.pyc$")


class LayerBuildError(RuntimeError):
    """The layer could not be built; the message says what must hold."""


def layer_zip(
    requirements: Path, *, cache: Path, python_version: str = "3.13", architecture: str = "arm64"
) -> tuple[Path, str]:
    """Return the layer's zip file and its base64 SHA-256, building it if *cache* lacks it.

    Wheels are unpacked, not installed: what is in them is all that counts, not the machine.

    Args:
        requirements: A file of exact pins, one a line; every package, as none is resolved.

        cache: The folder of built layers; with the layer in it nothing is downloaded.

        python_version: The runtime's, such as "3.13".

        architecture: The function's, "arm64" or "x86_64".

    Raises:
        LayerBuildError: If an argument is wrong, or pip can't provide the wheels.

    """
    pins = _pins(requirements)
    _check(python_version, architecture)
    identity = "\n".join((_FORMAT, python_version, architecture, *pins))
    name = f"layer-{hashlib.sha256(identity.encode()).hexdigest()[:16]}.zip"
    out = cache / "layers" / name
    if out.exists():
        return out, base64_sha256(out)
    with tempfile.TemporaryDirectory() as folder:
        _download(pins, Path(folder), python_version, _PLATFORMS[architecture])
        contents: dict[str, bytes] = {}
        for wheel in sorted(Path(folder).glob("*.whl")):
            contents |= _unpack(wheel)
    return out, write_zip(contents, out)


def _pins(requirements: Path) -> tuple[str, ...]:
    lines = requirements.read_text(encoding="utf-8").splitlines()
    pins = sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})
    loose = [pin for pin in pins if not _PIN.fullmatch(pin)]
    if loose:
        raise LayerBuildError(f"{requirements}: lines must be name==version, got {loose}")
    return tuple(pins)


def _check(python_version: str, architecture: str) -> None:
    if not _PYTHON.fullmatch(python_version):
        raise LayerBuildError(f"python_version must be such as 3.13, got {python_version!r}")
    if architecture not in _PLATFORMS:
        known = " or ".join(_PLATFORMS)
        raise LayerBuildError(f"architecture must be {known}, got {architecture!r}")


def _download(pins: tuple[str, ...], folder: Path, python_version: str, platform: str) -> None:
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--only-binary=:all:", "--implementation", "cp"),
        *("--python-version", python_version, "--platform", platform, "--dest", str(folder)),
        *pins,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise LayerBuildError(
            f"pip must provide a wheel for every pin for Python {python_version} on {platform} "
            f"(the first build needs a network): {' '.join(reasons) or done.stderr.strip()}"
        )


def _unpack(wheel: Path) -> dict[str, bytes]:
    """Return the files of *wheel* by their path in the layer; scripts are left out."""
    contents: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            path = _LIBRARY.sub("", name, count=1)
            if not name.endswith("/") and not _LEFT_OUT.match(path):
                contents[f"python/{path}"] = archive.read(name)
    return contents

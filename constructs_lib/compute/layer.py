"""Builds the Lambda layer with what the functions depend on, without Docker and only once.

Its bytes are pinned twice: each wheel by the hashes in `requirements.txt`, and the layer as a whole
by the hash in `layers.json` beside it, with which every use of a built layer is compared. Wheels
are downloaded by pip and unpacked here, without scripts, `RECORD` and bytecode. Zips are stored,
not compressed, because compressed bytes differ between builds of zlib.

    python -m constructs_lib.compute.layer

builds every layer afresh and writes `layers.json`.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from constructs_lib.compute.archive import base64_sha256, write_zip

_PLATFORMS: Final = {"arm64": "manylinux2014_aarch64", "x86_64": "manylinux2014_x86_64"}
_PIN: Final = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+( --hash=sha256:[0-9a-f]{64})+")
_PYTHON: Final = re.compile(r"3\.\d{1,2}")
_LIBRARY: Final = re.compile(r"[^/]+\.data/(?:purelib|platlib)/")
_LEFT_OUT: Final = re.compile(r"[^/]+\.data/|.*\.dist-info/(?:RECORD|INSTALLER)$|.*\.pyc$")


LOCK: Final = "layers.json"
"""The file beside the requirements: the base64 SHA-256 of each layer, by runtime."""

_REQUIREMENTS: Final = Path(__file__).parents[2] / "functions" / "requirements.txt"
_PYTHON_VERSIONS: Final = ("3.9", "3.13")
"""The runtimes of the platforms."""


class LayerBuildError(RuntimeError):
    """The layer could not be built; the message says what must hold."""


def layer_zip(
    requirements: Path, *, cache: Path, python_version: str = "3.13", architecture: str = "arm64"
) -> tuple[Path, str]:
    """Return the layer's zip file and its base64 SHA-256, building it if *cache* lacks it.

    Wheels are unpacked, not installed: what is in them is all that counts, not the machine. A layer
    in *cache* that is not the one in `layers.json` is built again.

    Args:
        requirements: A file of exact pins with hashes; every package, as none is resolved.

        cache: The folder of built layers; with the layer in it nothing is downloaded.

        python_version: The runtime's, such as "3.13".

        architecture: The function's, "arm64" or "x86_64".

    Raises:
        LayerBuildError: If an argument is wrong, pip can't provide the wheels, or what was built is
            not the layer in `layers.json`.

    """
    pins = _pins(requirements)
    _check(python_version, architecture)
    locked = _locked(requirements, python_version, architecture)
    identity = "\n".join((python_version, architecture, *pins, locked))
    name = f"layer-{hashlib.sha256(identity.encode()).hexdigest()[:16]}.zip"
    out = cache / "layers" / name
    if out.exists() and base64_sha256(out) == locked:
        return out, locked
    built = _built(pins, out, python_version, architecture)
    if built != locked:
        out.unlink()
        raise LayerBuildError(
            f"{requirements.with_name(LOCK)}: the layer for Python {python_version} on "
            f"{architecture} must have the hash {locked}, was built with {built}; after a change "
            "of pins: python -m constructs_lib.compute.layer"
        )
    return out, built


def write_lock(requirements: Path) -> None:
    """Build every layer from scratch and write their hashes to `layers.json`.

    Raises:
        LayerBuildError: If pip can't provide the wheels.
    """
    pins = _pins(requirements)
    with tempfile.TemporaryDirectory() as folder:
        hashes = {
            f"python{version}/{architecture}": _built(
                pins, Path(folder) / "layer.zip", version, architecture
            )
            for version in _PYTHON_VERSIONS
            for architecture in sorted(_PLATFORMS)
        }
    text = json.dumps(hashes, indent=2) + "\n"
    requirements.with_name(LOCK).write_text(text, encoding="utf-8")


def _built(pins: tuple[str, ...], out: Path, python_version: str, architecture: str) -> str:
    """Build the layer of *pins* as *out* and return its hash."""
    with tempfile.TemporaryDirectory() as folder:
        _download(pins, Path(folder), python_version, _PLATFORMS[architecture])
        contents: dict[str, bytes] = {}
        for wheel in sorted(Path(folder).glob("*.whl")):
            contents |= _unpack(wheel)
    return write_zip(contents, out)


def _pins(requirements: Path) -> tuple[str, ...]:
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    pins = sorted({line for line in lines if line and not line.startswith("#")})
    loose = [pin for pin in pins if not _PIN.fullmatch(pin)]
    if loose:
        raise LayerBuildError(
            f"{requirements}: lines must be name==version --hash=sha256:…, got {loose}"
        )
    return tuple(pins)


def _locked(requirements: Path, python_version: str, architecture: str) -> str:
    lock, key = requirements.with_name(LOCK), f"python{python_version}/{architecture}"
    try:
        return str(json.loads(lock.read_text(encoding="utf-8"))[key])
    except (OSError, ValueError, KeyError) as error:
        raise LayerBuildError(
            f"{lock}: must have the hash of the layer for {key}, has none; add the runtime to "
            "constructs_lib/compute/layer.py, then: python -m constructs_lib.compute.layer"
        ) from error


def _check(python_version: str, architecture: str) -> None:
    if not _PYTHON.fullmatch(python_version):
        raise LayerBuildError(f"python_version must be such as 3.13, got {python_version!r}")
    if architecture not in _PLATFORMS:
        known = " or ".join(_PLATFORMS)
        raise LayerBuildError(f"architecture must be {known}, got {architecture!r}")


def _download(pins: tuple[str, ...], folder: Path, python_version: str, platform: str) -> None:
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(pins), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "pip", "--isolated", "download", "--quiet"),
        *("--disable-pip-version-check", "--require-hashes", "--requirement", str(listed)),
        *("--no-deps", "--only-binary=:all:", "--implementation", "cp"),
        *("--python-version", python_version, "--platform", platform, "--dest", str(folder)),
    ]
    # No setting of the shell decides where wheels come from; their hashes decide which they are.
    variables = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=variables)
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


if __name__ == "__main__":
    write_lock(_REQUIREMENTS)

"""Which inputs a synthesis has: one key over all of them, by content."""

import datetime as dt
import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

_FORMAT: Final = "1"
_NOT_READ: Final = frozenset(
    {"__pycache__", "benchmarks", "build", "docs", "node_modules", "tests", "venv"}
)
"""Folders of which a synthesis reads nothing; everything else in the project counts."""
_OUTPUT: Final = "cdktf.out"
_PROVIDER_LOCK: Final = ".terraform.lock.hcl"
_SETTINGS: Final = ("CDKTF_", "JSII_", "PAYMENTS_", "PYTHON", "SYNTH_")
_NO_SETTINGS: Final = frozenset(
    {"CDKTF_OUTDIR", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUNBUFFERED"}
)


def key(root: Path, arguments: Sequence[str], variables: Mapping[str, str] = os.environ) -> str:
    """Return the SHA-256 of everything that a synthesis depends on.

    That is every file of the project but tests and documents, the versions of all installed
    packages, Python, the shell's variables that anybody reads, and the day, for rules have dates.

    Args:
        root: The project.

        arguments: Those of `main.py`.

        variables: The environment variables.

    Raises:
        OSError: A file cannot be read.
    """
    digest = hashlib.sha256()
    for part in (
        _FORMAT,
        sys.version,
        str(sys.flags),
        _today(),
        *_installed(),
        *(f"{name}={variables[name]}" for name in sorted(variables) if _is_setting(name)),
        *arguments,
    ):
        digest.update(f"{len(part)}:{part}".encode())
    for file in _files(root):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _today() -> str:
    return dt.datetime.now(tz=dt.UTC).date().isoformat()


def _is_setting(name: str) -> bool:
    return name.startswith(_SETTINGS) and name not in _NO_SETTINGS


def _installed() -> list[str]:
    """Return the installed packages; the names of their folders have the versions."""
    folders = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    return sorted(
        entry.name
        for folder in folders
        for entry in os.scandir(folder)
        if entry.name.endswith((".dist-info", ".egg-info", ".egg-link", ".pth"))
    )


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if _is_read(name))
        yield from (Path(folder, name) for name in sorted(files) if _counts(name))


def _is_read(folder: str) -> bool:
    return not (
        folder in _NOT_READ or folder.startswith((".", _OUTPUT)) or folder.endswith(".egg-info")
    )


def _counts(name: str) -> bool:
    return not name.startswith(".") or name == _PROVIDER_LOCK

"""Keeps built slim packages, one folder each, and throws old ones away."""

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from slim_provider.installed import InstalledProvider

FORMAT = 5
KEPT_ENTRIES = 8


def entry_for(installed: InstalledProvider, used: frozenset[str], cache: Path) -> Path:
    """Return the slim package for *used*, built now if it is not in *cache*.

    Two processes may do this at once: each builds in a folder of its own and renames it
    into place; the one that comes second uses the first one's.

    Raises:
        OSError: The cache cannot be written, or the installed package not be read.

        ValueError: The installed assembly is not as expected.

    """
    entry = cache / key(installed, used)
    if _complete(entry, installed):
        with suppress(OSError):  # A read-only cache is still a cache.
            os.utime(entry)
        return entry
    from slim_provider.build import build  # noqa: PLC0415  only a miss pays for these imports

    cache.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=cache))
    try:
        build(installed, used, draft)
        if entry.is_dir() and not _complete(entry, installed):
            shutil.rmtree(entry)  # Somebody tidied up inside of it.
        with suppress(OSError):  # Somebody else was first.
            draft.rename(entry)
        if not _complete(entry, installed):
            raise OSError(f"{entry} could not be created")
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    prune(cache, keep=entry)
    return entry


def _complete(entry: Path, installed: InstalledProvider) -> bool:
    """Say whether *entry* can be read and lacks nothing."""
    parts = (
        "__init__.py",
        "_jsii/__init__.py",
        f"_jsii/{installed.tarball.name}",
        "kernel/kernel.js",
    )
    return all((entry / part).is_file() for part in parts)


def bytecode(entry: Path, submodule: str) -> Path:
    """Return where *entry* keeps the compiled *submodule*."""
    return entry / "bytecode" / f"{submodule}.pyc"


def key(installed: InstalledProvider, used: frozenset[str]) -> str:
    """Return a name that changes whenever a slim package built before may be wrong."""
    tarball = installed.tarball.stat()
    facts = (
        FORMAT,
        importlib.util.MAGIC_NUMBER.hex(),
        installed.version,
        importlib.metadata.version("jsii"),
        str(installed.tarball),
        tarball.st_size,
        tarball.st_mtime_ns,
        sorted(used),
    )
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def prune(cache: Path, *, keep: Path) -> None:
    """Remove all but the most recently used entries, and never *keep*."""
    ages: list[tuple[float, Path]] = []
    for path in cache.iterdir():
        with suppress(OSError):  # Another process prunes as well.
            ages.append((path.stat().st_mtime, path))
    for _, path in sorted(ages, reverse=True)[KEPT_ENTRIES:]:
        if path != keep:
            shutil.rmtree(path, ignore_errors=True)

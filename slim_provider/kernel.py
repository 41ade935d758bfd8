"""Starts jsii's kernel in one Node process, where the stock runtime has two."""

import importlib.resources
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_ENTRY: Final = "kernel.js"
_PARTS: Final = ("program.js", "runtime-index-worker.js")
# Links instead of copies of packages, and 4 MiB for new objects, of which few live long; by
# default Node lets them grow to three times 16 MiB.
_OPTIONS: Final = ("--preserve-symlinks", "--max-semi-space-size=4")


def copy_kernel(folder: Path) -> None:
    """Write our entry and the installed jsii's own scripts into *folder*.

    Raises:
        OSError: jsii is not laid out as expected.

    """
    folder.mkdir()
    shutil.copy(Path(__file__).with_name(_ENTRY), folder)
    installed = importlib.resources.files("jsii._embedded.jsii")
    for part in _PARTS:
        (folder / part).write_bytes(installed.joinpath(f"lib__{part}").read_bytes())


def start_kernel(folder: Path) -> None:
    """Start the kernel in *folder*, unless `JSII_RUNTIME` names another."""
    options = (*os.environ.get("NODE_OPTIONS", "").split(), *_OPTIONS)
    runtime = {"JSII_RUNTIME": str(folder / _ENTRY), "NODE_OPTIONS": " ".join(options)}
    with _environment({} if "JSII_RUNTIME" in os.environ else runtime):
        import constructs  # noqa: F401, PLC0415  the first assembly starts the kernel


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Set *variables*, and put things back: other programs are not to see them."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

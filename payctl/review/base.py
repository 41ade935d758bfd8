"""Synthesizes another revision of the project beside this one."""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from payctl.errors import CannotError
from payctl.exit_status import FINE
from payctl.project import ROOT
from payctl.selection import Selection

_SHARED: Final = ("bindings", "layers")
"""What is cached by content, and need not be made again."""


@contextmanager
def synthesized(revision: str, selection: Selection) -> Iterator[tuple[Path, Path]]:
    """Check out *revision*, synthesize it, and give its folder and what it synthesized.

    Raises:
        CannotError: When there is no such revision, or it does not synthesize.
    """
    with tempfile.TemporaryDirectory(prefix="payctl-review-") as folder:
        tree, output = Path(folder) / "project", Path(folder) / "cdktf.out"
        tree.mkdir()
        _extract(revision, tree)
        cache = tree / ".cache"
        cache.mkdir()
        for name in _SHARED:
            (ROOT / ".cache" / name).mkdir(parents=True, exist_ok=True)
            (cache / name).symlink_to(ROOT / ".cache" / name)
        _synthesize(tree, output, revision, selection)
        yield tree, output


def _synthesize(tree: Path, output: Path, revision: str, selection: Selection) -> None:
    suffix = ["--suffix", selection.suffix] if selection.suffix else []
    done = subprocess.run(
        [sys.executable, str(tree / "main.py"), selection.platform, *suffix],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "CDKTF_OUTDIR": str(output)},
    )
    if done.returncode != FINE:
        lines = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise CannotError(
            f"{revision} must synthesize {selection.platform}, does not: {lines[-1]}",
            next_step="name a revision that does: payctl review --base REVISION",
        )


def _extract(revision: str, tree: Path) -> None:
    """Write the files of *revision* below *tree*; the repository is only read."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", revision],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        raise CannotError(
            f"git has no revision {revision!r}: {done.stderr.decode().strip()}",
            next_step="fetch it (git fetch origin main), or name another: --base REVISION",
        )
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(tree, filter="data")

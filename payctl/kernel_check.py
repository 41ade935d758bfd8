"""Whether the kernel in `jsii_kernel` writes what the stock one writes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from audit.finding import Finding, Severity
from payctl.errors import CannotError
from payctl.exit_status import FINE
from payctl.project import ROOT
from payctl.selection import Selection

_RULE: Final = "kernel"
_OURS, _STOCK = "python", "jsii"
_LEFT: Final = "jsii_kernel:"


def kernel_findings(selection: Selection) -> tuple[Finding, ...]:
    """Synthesize on both kernels and return each file that is not the same to the byte.

    Raises:
        CannotError: One of them could not synthesize.
    """
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = Path(folder, _OURS), Path(folder, _STOCK)
        said = _synthesize(selection, _OURS, ours)
        _synthesize(selection, _STOCK, stock)
        names = sorted({*_files(ours), *_files(stock)})
        different = [name for name in names if _content(ours / name) != _content(stock / name)]
    return (*(_differs(name) for name in different), *_left(said))


def _synthesize(selection: Selection, kernel: str, output: Path) -> str:
    suffix = ["--suffix", selection.suffix] if selection.suffix else []
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), selection.platform, *suffix, "--fresh"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "CDKTF_OUTDIR": str(output), "PAYMENTS_KERNEL": kernel},
    )
    if done.returncode != FINE:
        reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise CannotError(
            f"main.py could not synthesize {selection.platform} on the kernel {kernel}: {reason}",
            next_step=f"PAYMENTS_KERNEL={kernel} python main.py {selection.platform}",
        )
    return done.stderr


def _files(output: Path) -> set[str]:
    return {file.relative_to(output).as_posix() for file in output.rglob("*") if file.is_file()}


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _differs(name: str) -> Finding:
    return Finding(
        rule=_RULE,
        where=name,
        message="must be what the stock kernel writes, to the byte, and differs: set "
        "PAYMENTS_KERNEL=jsii until jsii_kernel/ is corrected",
    )


def _left(said: str) -> tuple[Finding, ...]:
    """Return what our kernel did not know: then both are the stock one."""
    return tuple(
        Finding(
            rule=_RULE,
            where="jsii_kernel",
            message=line.removeprefix(_LEFT).strip(),
            severity=Severity.WARNING,
        )
        for line in said.splitlines()
        if line.startswith(_LEFT)
    )

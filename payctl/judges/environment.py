"""Finds the Python environment of the validators, and runs scripts there."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from payctl.errors import CannotError, ToolMissingError
from payctl.project import ROOT

_VARIABLE: Final = "PAYCTL_JUDGES"
_INSTALLED: Final = ROOT / ".cache" / "judges"
_INSIDE: Final = Path(__file__).parent / "inside"
REQUIREMENTS: Final = Path(__file__).parent / "requirements.txt"


def is_installed() -> bool:
    """Tell whether the validators can be run; those that are named must be there."""
    return bool(os.environ.get(_VARIABLE) or _found(_INSTALLED))


def how_to_install() -> str:
    """Return the command that installs them."""
    return (
        f"python -m venv {_INSTALLED} && {_INSTALLED}/bin/pip install -r {REQUIREMENTS} "
        f"(or name such an environment in {_VARIABLE})"
    )


def inside(script: str, *arguments: str) -> str:
    """Run a *script* of `payctl/judges/inside` there and return what it prints.

    Raises:
        CannotError: When it fails.

        ToolMissingError: When there is no such environment.
    """
    done = subprocess.run(
        [python(), str(_INSIDE / script), *arguments],
        check=False,
        capture_output=True,
        text=True,
        # Settings of our own Python or of a CDK application must not reach the validators.
        env={k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "CDK_"))},
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise CannotError(
            f"{script} failed among the validators: {' '.join(last) or 'no reason given'}",
            next_step=how_to_install(),
        )
    return done.stdout


def python() -> str:
    """Return the environment's Python.

    Raises:
        ToolMissingError: When there is no such environment.
    """
    named = os.environ.get(_VARIABLE)
    found = _found(Path(named)) if named else _found(_INSTALLED)
    if not found:
        raise ToolMissingError(
            f"{_VARIABLE} names {named}, which is no environment of Python"
            if named
            else "the validators of CloudFormation are not installed",
            next_step=how_to_install(),
        )
    return found


def _found(environment: Path) -> str | None:
    return shutil.which(environment / "bin" / "python")

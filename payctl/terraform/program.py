"""Finds Terraform, or OpenTofu in its place."""

import os
import shutil
from pathlib import Path
from typing import Final

from payctl.errors import ToolMissingError

VARIABLE: Final = "PAYCTL_TERRAFORM"
_KNOWN: Final = ("terraform", "tofu")


def program() -> str:
    """Return the path of the program that `PAYCTL_TERRAFORM` names, or of the first one there is.

    Raises:
        ToolMissingError: When it is not installed.
    """
    named = os.environ.get(VARIABLE, "")
    for name in (named,) if named else _KNOWN:
        if found := shutil.which(name):
            return found
    what = f"{named} ({VARIABLE})" if named else "neither terraform nor tofu"
    raise ToolMissingError(
        f"{what} is {'not ' if named else ''}on the PATH",
        next_step="install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform), or "
        f"name the program in {VARIABLE}",
    )


def is_terraform() -> bool:
    """Tell whether it is Terraform itself.

    Raises:
        ToolMissingError: When it is not installed.
    """
    return Path(program()).name.startswith("terraform")

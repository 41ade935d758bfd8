"""Finds Terraform."""

import shutil

from payctl.errors import ToolMissingError


def program() -> str:
    """Return the path of Terraform.

    Raises:
        ToolMissingError: When it is not installed.
    """
    found = shutil.which("terraform")
    if not found:
        raise ToolMissingError(
            "terraform is not on the PATH",
            next_step="install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform",
        )
    return found

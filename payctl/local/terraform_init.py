"""`terraform init` for several environments that share one copy of the provider."""

import threading
from typing import Final

from payctl.terraform.terraform import Terraform

_ONE_AT_A_TIME: Final = threading.Lock()
"""Terraform's plugin cache must not be filled by two at once."""


def initialize(terraform: Terraform, *arguments: str) -> None:
    """Install the provider and find the state.

    Raises:
        TerraformError: When the provider cannot be installed, or the state cannot be read.
    """
    with _ONE_AT_A_TIME:
        terraform.init(*arguments)

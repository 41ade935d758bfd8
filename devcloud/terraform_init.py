"""`terraform init` for several environments that share one copy of the provider."""

import threading
from typing import Final

from payctl.errors import TerraformError
from payctl.terraform.terraform import Terraform

_ONE_AT_A_TIME: Final = threading.Lock()
"""Terraform's plugin cache must not be filled by two at once."""

_NO_PROVIDER: Final = ("registry.terraform.io", "provider packages", "Failed to install provider")


def initialize(terraform: Terraform, *arguments: str) -> None:
    """Install the provider and find the state.

    Raises:
        TerraformError: When the provider cannot be installed, or the state cannot be read.
    """
    try:
        with _ONE_AT_A_TIME:
            terraform.init(*arguments)
    except TerraformError as error:
        if any(mark in str(error) for mark in _NO_PROVIDER):
            raise TerraformError(
                f"the AWS provider could not be downloaded: {error}",
                next_step="check the network and any proxy, or name a mirror in "
                "PAYCTL_PROVIDER_MIRROR, as `terraform providers mirror` makes one",
            ) from error
        raise

"""What of the user's shell reaches Terraform: who one is in AWS, and nothing that steers it.

Terraform obeys some forty variables, and a file in the user's home. `TF_CLI_ARGS_plan` adds options
to a plan that nobody typed, `TF_WORKSPACE` and `TF_DATA_DIR` show another state, `TF_VAR_*` sets
variables, `TF_REATTACH_PROVIDERS` and `dev_overrides` exchange the provider, `AWS_ENDPOINT_URL_S3`
sends some of the calls elsewhere. So what passes of theirs is listed, not what does not: the next
version has one more.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from payctl.errors import CannotError
from payctl.project import CACHE

MIRROR: Final = "PAYCTL_PROVIDER_MIRROR"
"""Names a folder, or an https address, that has the provider where the registry is out of reach."""

_THEIRS: Final = ("TF_", "TERRAFORM_", "TOFU_", "AWS_")
"""What begins so is read by Terraform, its backend or the provider."""

_PASSED: Final = frozenset(
    {
        # Who one is in AWS; the provider itself refuses another account than the stack's.
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE",
        "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE", "AWS_SDK_LOAD_CONFIG",
        "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    }
)  # fmt: skip
_OURS: Final = "cli.tfrc"


def surroundings(*ours: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for Terraform: those of the shell that steer nothing, and *ours*.

    Raises:
        CannotError: When the mirror that is named is neither a folder nor an https address.
    """
    passed = {
        name: value
        for name, value in os.environ.items()
        if name in _PASSED or not name.startswith(_THEIRS)
    }
    found = {
        **passed,
        # With a file named, Terraform reads neither ~/.terraformrc nor ~/.terraform.d/*.tfrc.
        "TF_CLI_CONFIG_FILE": str(_configuration(os.environ.get(MIRROR, ""))),
        "TF_IN_AUTOMATION": "1",
    }
    for more in ours:
        found |= more
    return found


def _configuration(mirror: str) -> Path:
    """Return the CLI configuration that stands in the place of the user's."""
    lines = ["disable_checkpoint = true"]
    if mirror.startswith("https://"):
        lines.append(f"provider_installation {{ network_mirror {{ url = {json.dumps(mirror)} }} }}")
    elif mirror:
        if not Path(mirror).is_dir():
            raise CannotError(
                f"{MIRROR} must be a folder or begin with https://, is {mirror!r}",
                next_step="name the folder that `terraform providers mirror` made, or unset it",
            )
        path = json.dumps(str(Path(mirror).resolve()))
        lines.append(f"provider_installation {{ filesystem_mirror {{ path = {path} }} }}")
    content = "\n".join(lines) + "\n"
    file = CACHE / "terraform" / _OURS
    if not file.is_file() or file.read_text(encoding="utf-8") != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_text(content, encoding="utf-8")
        part.replace(file)
    return file

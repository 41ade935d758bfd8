"""The one file that may stand beside a synthesized stack: what Terraform needs for an emulator."""

import json
import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

OVERRIDE_FILE: Final = "emulator_override.tf.json"
OVERRIDE: Final[dict[str, Any]] = {
    "terraform": {"backend": {"local": {}}},
    "provider": {
        "aws": {
            "max_retries": 3,  # 25, the default, turns one missing call into minutes.
            "s3_use_path_style": True,
            "skip_metadata_api_check": "true",
        }
    },
}
"""Local state, and a provider that talks to one address; account and resources are untouched."""

_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def emulator_in_use() -> bool:
    """Tell whether `AWS_ENDPOINT_URL` sends all calls to this very machine."""
    return urlsplit(os.environ.get("AWS_ENDPOINT_URL", "")).hostname in _LOOPBACK


def is_override(file: Path) -> bool:
    """Tell whether *file* is the override, to the letter."""
    try:
        return file.name == OVERRIDE_FILE and json.loads(file.read_text()) == OVERRIDE
    except (OSError, ValueError):
        return False


def place_override(folder: Path) -> None:
    """Write the override into the stack's *folder* while an emulator is in use, else remove it."""
    file = folder / OVERRIDE_FILE
    if emulator_in_use():
        file.write_text(json.dumps(OVERRIDE, indent=2))
    else:
        file.unlink(missing_ok=True)

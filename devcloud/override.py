"""The override file with which a synthesized stack works on an emulator.

It stands beside the stack in a working copy of the local cloud and nowhere else.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from audit.synthesized import Stack

FILE: Final = "devcloud_override.tf.json"
_PROVIDER: Final = {
    "skip_metadata_api_check": "true",
    "s3_use_path_style": True,
    "max_retries": 3,  # 25, the default, turns one missing call into minutes.
}
_S3_BACKEND: Final = {
    "use_path_style": True,
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}
_ASKED_OF_AWS: Final = ("aws_rds_engine_version", "aws_servicequotas_service_quota")
"""What an emulator neither grants nor retires."""

_ZONES: Final = "network_availability_zone_ids"
_ZONE_COUNT: Final = 3
"""The emulator has az1 to az3 in each region; a subnet elsewhere is replaced by every plan."""

_ON_DEPLOY: Final = "aws_lambda_invocation"


def override(stack: Stack, *, migrates: bool) -> dict[str, Any]:
    """Return the override of *stack*.

    Args:
        stack: What was synthesized; Terraform still reads it unchanged.

        migrates: Whether the functions that a deploy calls are called; they need a database.
    """
    backend = {
        # An override replaces the whole block of a backend, it does not merge. The emulator's key
        # is not the account's.
        type_: {
            **{key: value for key, value in block.items() if key != "kms_key_id"},
            **(_S3_BACKEND if type_ == "s3" else {}),
        }
        for type_, block in stack.backend.items()
    }
    data = {
        type_: {name: {"count": 0} for name in named}
        for type_, named in stack.body.get("data", {}).items()
        if type_ in _ASKED_OF_AWS
    }
    calls = {} if migrates else stack.body.get("resource", {}).get(_ON_DEPLOY, {})
    zones = stack.locals.get(_ZONES, ())
    return {
        "terraform": {"backend": backend},
        "provider": {"aws": dict(_PROVIDER)},
        **({"locals": {_ZONES: _zones_that_exist(zones)}} if zones else {}),
        **({"data": data} if data else {}),
        **({"resource": {_ON_DEPLOY: {id_: {"count": 0} for id_ in calls}}} if calls else {}),
    }


def _zones_that_exist(wanted: Iterable[str]) -> list[str]:
    """Return *wanted* with other zones in place of those that the emulator does not have."""
    ids = list(wanted)
    prefix = ids[0].rpartition("az")[0]
    there = [f"{prefix}az{number}" for number in range(1, _ZONE_COUNT + 1)]
    free = [zone for zone in there if zone not in ids]
    return [zone if zone in there else free.pop(0) for zone in ids]


def with_local_state(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the override *content* with the state in a file beside the stack."""
    return {**content, "terraform": {"backend": {"local": {}}}}


def place(folder: Path, stack: Stack, *, migrates: bool) -> None:
    """Write the override of *stack* into its *folder*, with local state."""
    content = with_local_state(override(stack, migrates=migrates))
    (folder / FILE).write_text(json.dumps(content, indent=2), encoding="utf-8")

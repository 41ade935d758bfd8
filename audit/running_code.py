"""Whether functions run the code that was deployed.

The provider compares the hash of the archive with the one in its state, never with the code that
runs: what somebody uploads past it is in `code_sha256` alone, and no plan repairs it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from audit.terraform_json import instances


def exchanged_code(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield address, hash deployed, hash running, and whether the plan uploads the code again.

    *document* is a plan with refresh, or a state.
    """
    shown = document.get("prior_state", document)
    uploads = {
        entry["address"]
        for entry in document.get("resource_changes", ())
        if "create" in entry["change"]["actions"] or _other_archive(entry["change"])
    }
    for one in instances(shown.get("values", {}).get("root_module", {})):
        deployed = one["values"].get("source_code_hash")
        running = one["values"].get("code_sha256")
        if deployed and running and deployed != running:
            yield one["address"], deployed, running, one["address"] in uploads


def _other_archive(change: Mapping[str, Any]) -> bool:
    before, after = change.get("before") or {}, change.get("after") or {}
    return bool(before.get("source_code_hash") != after.get("source_code_hash"))

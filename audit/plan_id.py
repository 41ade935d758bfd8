"""Names a plan by what it does, so that an approval is of this plan and of no other."""

from collections.abc import Mapping
from typing import Any, Final

from audit.canonical import digest

_NOTHING: Final = ["no-op"]


def plan_id(plan: Mapping[str, Any]) -> str:
    """Return the SHA-256 of every change in *plan*, values before and after included.

    Two plans of the same code on the same account have the same one: the moment at which they
    were made is not in it, nor what stays as it is.
    """
    resources = [
        {key: entry.get(key) for key in ("address", "previous_address", "change", "deposed")}
        for entry in plan.get("resource_changes", ())
        if entry.get("mode") != "data"
        and (
            entry["change"]["actions"] != _NOTHING
            or "importing" in entry["change"]
            or entry.get("previous_address", entry["address"]) != entry["address"]
        )
    ]
    outputs = {
        name: change
        for name, change in plan.get("output_changes", {}).items()
        if change["actions"] != _NOTHING
    }
    return digest({"resources": resources, "outputs": outputs})

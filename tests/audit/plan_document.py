"""Plans as `terraform show -json` writes them, for the tests of drift."""

from typing import Any

Json = dict[str, Any]


def entry(address: str, before: object, after: object, *actions: str, **more: object) -> Json:
    """Return an entry of a plan."""
    change = {"before": before, "after": after, "actions": list(actions or ["update"]), **more}
    return {"address": address, "mode": "managed", "change": change}


def plan(
    drift: list[Json] | None = None, changes: list[Json] | None = None, **more: object
) -> Json:
    """Return a plan with a refresh."""
    return {
        "format_version": "1.2",
        "complete": True,
        "errored": False,
        "resource_drift": drift or [],
        "resource_changes": changes or [],
        **more,
    }

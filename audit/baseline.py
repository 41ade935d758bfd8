"""What a deployment left behind, and how reality is apart from it.

Terraform compares reality with its state, and every refresh moves the state. A baseline is written
by a deployment and moved by nothing else, so that a change made by hand stays one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from audit.canonical import canonical, digest, same
from audit.terraform_json import instances, known

Values = Mapping[str, Any]
Baseline = Mapping[str, Values]
"""The attributes of each resource by its address, secrets as hashes."""

_NOT_REAL: Final = ("terraform_data", "terraform_remote_state")
"""What Terraform itself has: nothing outside the state could change it."""


def baseline_of(document: object) -> dict[str, Values]:
    """Return what *document* knows of reality: a plan with refresh, or a state.

    Raises:
        UnknownFormatError: When its format is not known.
    """
    shown = known(document, "plan or state")
    values = shown.get("prior_state", shown).get("values", {})
    return {
        one["address"]: _hidden(one["values"], one.get("sensitive_values", {}))
        for one in instances(values.get("root_module", {}))
        if one.get("mode") == "managed" and one["type"] not in _NOT_REAL
    }


def drift_entries(document: Mapping[str, Any], baseline: Baseline | None) -> list[dict[str, Any]]:
    """Return how the reality of a plan is apart from *baseline*, or from the state without one."""
    if baseline is not None:
        return list(changes_since(baseline, baseline_of(document)))
    found = []
    for entry in document.get("resource_drift", ()):
        change = entry["change"]
        sides = {
            side: _hidden(change.get(side), change.get(f"{side}_sensitive", False))
            for side in ("before", "after")
        }
        found.append({**entry, "change": {**change, **sides}})
    return found


def changes_since(baseline: Baseline, reality: Baseline) -> Iterator[dict[str, Any]]:
    """Yield how *reality* is apart from *baseline*, as entries of a plan's `resource_drift`."""
    for address, before in baseline.items():
        after = reality.get(address)
        if after is None:
            yield _entry(address, before, None, "delete")
            continue
        # An attribute that one side does not know is another version of the provider.
        names = [n for n in before if n in after and not same(before[n], after[n])]
        if names:
            yield _entry(address, {n: before[n] for n in names}, {n: after[n] for n in names},
                         "update")  # fmt: skip


def kept(left: Baseline, paths: Iterable[tuple[str, str]], before: Baseline) -> Baseline:
    """Return the baseline *left* by a deployment, with what it must not take over as *before*.

    Args:
        left: What is there.

        paths: The addresses and attributes that somebody else changed; "" is all of it.

        before: What was there before they did.
    """
    found = {address: dict(values) for address, values in left.items()}
    for address, path in paths:
        if address not in before:
            continue
        name = path.partition(".")[0].partition("[")[0]
        if not name:
            found[address] = dict(before[address])
        elif name in before[address] and address in found:
            found[address][name] = before[address][name]
    return found


def _entry(address: str, before: object, after: object, action: str) -> dict[str, Any]:
    change = {"actions": [action], "before": before, "after": after}
    return {"address": address, "mode": "managed", "change": change}


def _hidden(value: object, mask: object) -> Any:
    """Return *value* with the SHA-256 of whatever *mask* calls sensitive."""
    if mask is True:
        return f"(sensitive, {digest(canonical(value))[:16]})"
    if isinstance(value, dict) and isinstance(mask, dict):
        return {key: _hidden(one, mask.get(key, False)) for key, one in value.items()}
    if isinstance(value, list) and isinstance(mask, list) and len(mask) == len(value):
        return [_hidden(one, hides) for one, hides in zip(value, mask, strict=True)]
    return value

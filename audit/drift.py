"""Says what in an environment is not as the code says, and in which way [G5].

A plan's exit code is no answer: replaced code, an added security-group rule and an attached policy
show in `resource_drift` alone; what is planned without drift is code that is not deployed. And the
state is no baseline, for every refresh moves it: reality is compared with what was deployed.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from audit.baseline import Baseline, baseline_of, drift_entries
from audit.canonical import canonical
from audit.change import LONGEST, Acceptance, Change, Class
from audit.difference import deepest, is_echo, is_nothing, same_or_absent
from audit.errors import CouldNotCheckError
from audit.finding import ABSENT, Finding, Severity
from audit.manifest import SENSITIVE
from audit.running_code import exchanged_code
from audit.terraform_json import UNKNOWN, known, marked, masks

RULE: Final = "drift"
NOISE: Final = frozenset(
    {"last_modified", "last_processing_result", "rotation_last_changed_date", "version_id"}
)
"""Attributes that AWS changes by itself, some with every message that is worked on."""


def classify(
    plan: object,
    *,
    stack: str = "",
    baseline: Baseline | None = None,
    outside: Iterable[Change] = (),
    accepted: Iterable[Acceptance] = (),
    today: dt.date,
) -> tuple[Change, ...]:
    """Return everything in *plan* (`terraform show -json`, with refresh) that is apart.

    *baseline* is what the last deployment of *stack* left; without one, reality is compared with
    the state. *outside* is what was found in the account that no plan can show, of class unmanaged.

    Raises:
        UnknownFormatError: When the plan's format is not known.
        CouldNotCheckError: When the plan is of a part of the environment, or failed.
    """
    document = known(plan, "plan")
    if document.get("errored") or document.get("complete") is False:
        raise CouldNotCheckError("plan: must be complete and without errors, is not")
    changes: list[Change] = []
    if baseline is not None:
        document = {**document, "resource_drift": drift_entries(document, baseline)}
        changes += _unrecorded(baseline_of(document).keys() - baseline.keys())
    changes += [*_drifted(document), *_pending(document), *outside]
    reasons = {a.place: a.reason for a in accepted if today <= a.expires <= _latest(today)}
    named = (evolve(change, stack=change.stack or stack) for change in changes)
    return tuple(sorted((_excused(change, reasons) for change in named), key=_order))


def unchanged_code(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield *changes* as they are where the code is what was deployed.

    Nothing can be pending then: what a plan would change was changed by hand, and the state was
    made to agree.
    """
    for change in changes:
        pending = change.kind is Class.PENDING and not change.accepted
        yield evolve(change, kind=Class.DRIFT, repaired=True) if pending else change


def findings(
    changes: Iterable[Change], accepted: Iterable[Acceptance] = (), *, today: dt.date
) -> tuple[Finding, ...]:
    """Return a finding for each change that is neither noise nor accepted, and for old acceptances.

    What is pending is a warning: it is the code's change, not reality's.
    """
    changes = tuple(changes)
    found = [_finding(c) for c in changes if c.kind is not Class.NOISE and not c.accepted]
    used = {(c.stack, c.address, c.path) for c in changes if c.kind is not Class.NOISE}
    for acceptance in accepted:
        wrong = ""
        if acceptance.expires < today:
            wrong = f"expired on {acceptance.expires}"
        elif acceptance.expires > _latest(today):
            wrong = f"lasts until {acceptance.expires}, more than a year"
        elif acceptance.place not in used:
            wrong = "nothing there drifts"
        if wrong:
            message = f"an acceptance must be needed and last a year at most, {wrong}"
            found.append(
                Finding(
                    rule="accepted-drift",
                    where=f"{acceptance.stack}: {acceptance.address}",
                    path=acceptance.path,
                    message=message,
                )
            )
    return tuple(found)


def _latest(today: dt.date) -> dt.date:
    return today + LONGEST


def _unrecorded(addresses: Iterable[str]) -> Iterator[Change]:
    for address in addresses:
        yield Change(kind=Class.UNRECORDED, address=address, after="(in the state)")


def _drifted(document: Mapping[str, Any]) -> Iterator[Change]:
    planned = {entry["address"]: entry["change"] for entry in document.get("resource_changes", ())}
    for entry in document.get("resource_drift", ()):
        change, address = entry["change"], entry["address"]
        plan = planned.get(address, {"actions": []})
        if "delete" in change["actions"]:
            repaired = "create" in plan["actions"]
            yield Change(kind=Class.GONE, address=address, before="(there)", repaired=repaired)
            continue
        paths = _planned_paths(address, plan)
        for found in _attributes(Class.DRIFT, address, change, repaired=False):
            repaired = found.kind is Class.DRIFT and (
                paths is None or any(_overlap(found.path, path) for path in paths)
            )
            yield evolve(found, repaired=repaired)
    yield from _exchanged_code(document)


def _exchanged_code(document: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the functions that run other code than was deployed, unless a drift says so already."""
    said = {
        entry["address"]
        for entry in document.get("resource_drift", ())
        if "code_sha256" in (entry["change"].get("after") or {})
    }
    for address, uploaded, running, repaired in exchanged_code(document):
        if address not in said:
            yield Change(
                kind=Class.DRIFT,
                address=address,
                path="code_sha256",
                before=uploaded,
                after=running,
                repaired=repaired,
            )


def _planned_paths(address: str, change: Mapping[str, Any]) -> set[str] | None:
    """Return the attributes that a planned change sets, None when it makes all of them anew."""
    if "create" in change["actions"]:
        return None
    if "update" not in change["actions"]:
        return set()
    of_change = _attributes(Class.PENDING, address, change, repaired=True)
    paths = {one.path for one in of_change if UNKNOWN not in canonical(_shown(one.after))}
    # The only way to other code is another archive.
    return {*paths, "code_sha256"} if "source_code_hash" in paths else paths


def _overlap(one: str, other: str) -> bool:
    """Tell whether one path is the other, or leads there."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}["))


def _pending(document: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what the plan does that is not the repair of a drift."""
    drifted = [c for c in _drifted(document) if c.kind is not Class.NOISE]
    for entry in document.get("resource_changes", ()):
        change, address = entry["change"], entry["address"]
        actions = set(change["actions"]) - {"no-op", "read"}
        if entry.get("mode") == "data" or not actions:
            continue
        if actions == {"delete"}:
            yield Change(kind=Class.PENDING, address=address, before="(deleted)")
        elif actions != {"create"}:
            yield from _updated(address, change, drifted)
        elif not any((c.address, c.kind) == (address, Class.GONE) for c in drifted):
            yield Change(kind=Class.PENDING, address=address, after="(created)")
    for name, change in document.get("output_changes", {}).items():
        if set(change["actions"]) - {"no-op"}:
            yield Change(kind=Class.PENDING, address=f"output.{name}", after="(changed)")


def _updated(
    address: str, change: Mapping[str, Any], drifted: Collection[Change]
) -> Iterator[Change]:
    """Yield what an update changes beside the repair of drift.

    What is unknown yet only follows, from something known beside it or from what is made again.
    """
    repaired = {_top(c.path) for c in drifted if c.address == address}
    found = [
        one
        for one in _attributes(Class.PENDING, address, change, repaired=True)
        if _top(one.path) not in repaired
    ]
    cause = (
        bool(repaired)
        or any(c.kind is Class.GONE for c in drifted)
        or any(UNKNOWN not in canonical(_shown(one.after)) for one in found)
    )
    for one in found:
        follows = cause and UNKNOWN in canonical(_shown(one.after))
        yield evolve(one, kind=Class.NOISE) if follows else one


def _top(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def _shown(value: object) -> object:
    return str(value) if value is ABSENT else value


def _attributes(
    kind: Class, address: str, change: Mapping[str, Any], *, repaired: bool
) -> Iterator[Change]:
    before = change.get("before") or {}
    after = marked(change.get("after") or {}, change.get("after_unknown") or {})
    hidden = [change.get("before_sensitive"), change.get("after_sensitive")]
    for name in sorted({*before, *after}):
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        if same_or_absent(old, new):
            continue
        secret = any(mask is True or masks((mask or {}).get(name)) for mask in hidden)
        found = [(name, SENSITIVE, SENSITIVE)] if secret else deepest(old, new, name)
        for path, one, other in found:
            noise = name in NOISE or (is_nothing(one) and is_nothing(other))
            noise = noise or is_echo(path, before, after)
            yield Change(
                kind=Class.NOISE if noise else kind,
                address=address,
                path=path,
                before=one,
                after=other,
                repaired=repaired and not noise,
            )


def _excused(change: Change, reasons: Mapping[tuple[str, str, str], str]) -> Change:
    reason = reasons.get((change.stack, change.address, change.path), "")
    if not reason or change.kind is Class.NOISE:
        return change
    return evolve(change, accepted=reason)


def _order(change: Change) -> tuple[int, str, str]:
    return list(Class).index(change.kind), change.address, change.path


def _finding(change: Change) -> Finding:
    message = {
        Class.DRIFT: "must be as the code says, was changed by hand",
        Class.GONE: "must exist, was deleted by hand",
        Class.PENDING: "must be deployed, is only in the code",
        Class.UNMANAGED: "must be in the code, was made by hand",
        Class.UNRECORDED: "must be deployed by payctl, was changed past it",
    }[change.kind]
    if change.kind in (Class.DRIFT, Class.GONE):
        repair = "the next deployment repairs it" if change.repaired else "no deployment repairs it"
        message = f"{message} ({repair})"
    return Finding(
        rule=f"{RULE}-{change.kind.value}",
        where=": ".join(filter(None, (change.stack, change.address))),
        path=change.path,
        message=message,
        values={"before": change.before, "after": change.after},
        severity=Severity.WARNING if change.kind is Class.PENDING else Severity.ERROR,
    )

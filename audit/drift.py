"""Says what in an environment is not as the code says, and in which way [G5].

A plan's exit code is no answer: replaced code, an added security-group rule and an attached policy
show in `resource_drift` alone; what is planned without drift is code that is not deployed.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from attrs import evolve, field, frozen, validators

from audit.canonical import canonical, same
from audit.errors import CouldNotCheckError
from audit.finding import ABSENT, Finding, Severity
from audit.manifest import SENSITIVE
from audit.terraform_json import UNKNOWN, known, marked, masks

RULE: Final = "drift"
NOISE: Final = frozenset(
    {"last_modified", "last_processing_result", "rotation_last_changed_date", "version_id"}
)
"""Attributes that AWS changes by itself, some with every message that is worked on."""


class Class(Enum):
    """In which way reality and code are apart."""

    DRIFT = "drift"
    PENDING = "pending"
    GONE = "gone"
    UNMANAGED = "unmanaged"
    NOISE = "noise"


@frozen(kw_only=True)
class Change:
    """One attribute of one resource that is not as it should be.

    Attributes:
        address: As Terraform calls it; of something unmanaged, its ARN or name.

        path: The attribute; empty for the whole.

        before: What Terraform knew of, or what is there now.

        after: What is there now, or what the code will make of it.

        repaired: Whether the next deployment puts it right.

        accepted: Why it is no problem, empty where it is one.
    """

    kind: Class
    address: str
    path: str = ""
    before: object = ABSENT
    after: object = ABSENT
    repaired: bool = False
    accepted: str = ""


@frozen(kw_only=True)
class Acceptance:
    """A drift at one address that is known and left until a day."""

    address: str = field(validator=validators.min_len(1))
    reason: str = field(validator=validators.min_len(10))
    expires: dt.date


def classify(
    plan: object,
    *,
    outside: Iterable[Change] = (),
    accepted: Iterable[Acceptance] = (),
    today: dt.date,
) -> tuple[Change, ...]:
    """Return everything in *plan* (`terraform show -json`, with refresh) that is apart.

    *outside* is what was found in the account that no plan can show, of class unmanaged.

    Raises:
        UnknownFormatError: When the plan's format is not known.
        CouldNotCheckError: When the plan is of a part of the environment, or failed.
    """
    document = known(plan, "plan")
    if document.get("errored") or document.get("complete") is False:
        raise CouldNotCheckError("plan: must be complete and without errors, is not")
    reasons = {a.address: a.reason for a in accepted if a.expires >= today}
    changes = [*_drifted(document), *_pending(document), *outside]
    return tuple(sorted((_excused(change, reasons) for change in changes), key=_order))


def findings(
    changes: Iterable[Change], accepted: Iterable[Acceptance] = (), *, today: dt.date
) -> tuple[Finding, ...]:
    """Return a finding for each change that is neither noise nor accepted, and for old acceptances.

    What is pending is a warning: it is the code's change, not reality's.
    """
    changes = tuple(changes)
    found = [_finding(c) for c in changes if c.kind is not Class.NOISE and not c.accepted]
    used = {change.address for change in changes if change.kind is not Class.NOISE}
    for acceptance in accepted:
        expired = acceptance.expires < today
        if expired or acceptance.address not in used:
            what = f"expired on {acceptance.expires}" if expired else "nothing there drifts"
            found.append(
                Finding(
                    rule="accepted-drift",
                    where=acceptance.address,
                    message=f"an acceptance must be needed and not past its expiry, {what}",
                )
            )
    return tuple(found)


def _drifted(document: Mapping[str, Any]) -> Iterator[Change]:
    planned = {
        entry["address"]: set(entry["change"]["actions"])
        for entry in document.get("resource_changes", ())
    }
    for entry in document.get("resource_drift", ()):
        change, address = entry["change"], entry["address"]
        repaired = bool(planned.get(address, set()) - {"no-op", "read"})
        if "delete" in change["actions"]:
            yield Change(kind=Class.GONE, address=address, before="(there)", repaired=repaired)
            continue
        yield from _attributes(Class.DRIFT, address, change, repaired=repaired)


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
        found = [(name, SENSITIVE, SENSITIVE)] if secret else _deepest(old, new, name)
        for path, one, other in found:
            noise = name in NOISE or (_nothing(one) and _nothing(other))
            noise = noise or _echo(path, before, after)
            yield Change(
                kind=Class.NOISE if noise else kind,
                address=address,
                path=path,
                before=one,
                after=other,
                repaired=repaired and not noise,
            )


def _echo(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether it is a tag of `tags_all` that changed in `tags` too."""
    first, _, key = path.partition(".")
    one, other = ((side.get("tags") or {}).get(key, ABSENT) for side in (before, after))
    return first == "tags_all" and not same_or_absent(one, other)


def same_or_absent(one: object, other: object) -> bool:
    """Tell whether two values are the same; an absent one only equals an absent one."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return same(one, other)


def _deepest(one: object, other: object, path: str) -> Iterator[tuple[str, object, object]]:
    """Yield the differing keys of maps one by one; lists as a whole, for sets have no order."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            old, new = one.get(key, ABSENT), other.get(key, ABSENT)
            if not same_or_absent(old, new):
                yield from _deepest(old, new, f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other) == 1:
        yield from _deepest(one[0], other[0], f"{path}[0]")
    else:
        yield path, one, other


def _nothing(value: object) -> bool:
    """Tell whether a value says nothing: to the provider `{}`, null and absent are one.

    False and 0 say something: a protection switched off is no noise.
    """
    if isinstance(value, list | dict):
        items: Collection[object] = value.values() if isinstance(value, dict) else value
        return not items
    return value is ABSENT or value is None or value == ""


def _excused(change: Change, reasons: Mapping[str, str]) -> Change:
    reason = reasons.get(change.address, "")
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
    }[change.kind]
    if change.kind in (Class.DRIFT, Class.GONE):
        repair = "the next deployment repairs it" if change.repaired else "no deployment repairs it"
        message = f"{message} ({repair})"
    return Finding(
        rule=f"{RULE}-{change.kind.value}",
        where=change.address,
        path=change.path,
        message=message,
        values={"before": change.before, "after": change.after},
        severity=Severity.WARNING if change.kind is Class.PENDING else Severity.ERROR,
    )

"""Shows what of a platform a third-party scanner can see, and what not."""

from collections.abc import Iterable

from audit.cloudformation.coverage import Attribute, shares
from payctl.screen import say, table


def show_coverage(attributes: Iterable[Attribute]) -> None:
    """Print the share of each type, and by name what is not judged, with the reason."""
    known = tuple(attributes)
    rows = [(s.type, s.judged, s.all, s.percent) for s in shares(known)]
    judged, every = sum(row[1] for row in rows), sum(row[2] for row in rows)
    table(
        "Seen by the validators of CloudFormation",
        ("type", "judged#", "attributes#", "percent#"),
        [*rows, ("all", judged, every, 100 * judged // every if every else 0)],
    )
    unseen: dict[str, set[str]] = {}
    for attribute in known:
        if attribute.why:
            key = f"{attribute.path or 'all'}: {attribute.why}"
            unseen.setdefault(key, set()).add(attribute.address)
    for reason, addresses in sorted(unseen.items()):
        say(f"Not checked: {reason}")
        for address in sorted(addresses):
            say(f"    {address}", style="dim")


def coverage_json(attributes: Iterable[Attribute]) -> dict[str, object]:
    """Return the same as JSON."""
    known = tuple(attributes)
    return {
        "types": {s.type: {"judged": s.judged, "attributes": s.all} for s in shares(known)},
        "not_judged": [
            {"address": a.address, "attribute": a.path, "why": a.why}
            for a in sorted(set(known))
            if a.why
        ],
    }

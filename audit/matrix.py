"""Lists the approved variations: what each environment has, why, and what in the body it drives."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final, Protocol

from attrs import frozen

from audit.address import leaves
from audit.finding import ABSENT, Finding
from audit.place import Place
from audit.reference import references
from audit.synthesized import Stack

RULE: Final = "unused-variation"


class Approval(Protocol):
    """What a declared variation says; `model.variation.Variation` does."""

    @property
    def kind(self) -> Enum: ...  # noqa: D102 - said there
    @property
    def reason(self) -> str: ...  # noqa: D102 - said there
    @property
    def unit(self) -> str: ...  # noqa: D102 - said there


@frozen(kw_only=True)
class Row:
    """One local.

    Attributes:
        kind, reason, unit: As approved; empty for a local without approval.

        values: What each environment has, by its name.

        drives: What its value reaches, through other locals too.
    """

    local: str
    kind: str
    reason: str
    unit: str
    values: Mapping[str, object]
    drives: tuple[Place, ...]


def matrix(stacks: Mapping[str, Stack], approved: Mapping[str, Approval]) -> tuple[Row, ...]:
    """Return a row for each local of the stacks of one family, by environment."""
    drives = driven(next(iter(stacks.values()))) if stacks else {}
    rows = []
    for name in sorted({name for stack in stacks.values() for name in stack.locals}):
        approval = approved.get(name)
        rows.append(
            Row(
                local=name,
                kind=str(approval.kind.value) if approval else "",
                reason=approval.reason if approval else "",
                unit=approval.unit if approval else "",
                values={key: stack.locals.get(name, ABSENT) for key, stack in stacks.items()},
                drives=drives.get(name, ()),
            )
        )
    return tuple(rows)


def effects(stacks: Mapping[str, Stack], places: Iterable[Place]) -> dict[Place, dict[str, object]]:
    """Return what each attribute evaluates to in each environment, by the environment's name.

    An expression stays where Terraform alone knows its value.
    """
    wanted = tuple(places)
    known = {
        name: {a: dict(leaves(stack.resolved.elements.get(a))) for a in {p.address for p in wanted}}
        for name, stack in stacks.items()
    }
    return {
        place: {name: of[place.address].get(place.path, ABSENT) for name, of in known.items()}
        for place in wanted
    }


def unused(local: str, values: Mapping[str, object]) -> Finding:
    """Return the finding for a local that drives nothing."""
    return Finding(
        rule=RULE,
        where=f"local.{local}",
        message="must drive an attribute, nothing refers to it",
        values=values,
    )


def driven(stack: Stack) -> dict[str, tuple[Place, ...]]:
    """Return what each local reaches, by the local's name."""
    through = local_closure(stack.locals)
    found: dict[str, set[Place]] = {}
    for address, config in stack.elements.items():
        for path, value in leaves(config):
            if isinstance(value, str) and "local." in value:
                for name in locals_of(value, through):
                    found.setdefault(name, set()).add(Place(address, path))
    return {name: tuple(sorted(places)) for name, places in found.items()}


def locals_of(value: object, through: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the locals that the expressions in *value* need, directly and through others."""
    direct = {
        reference.address.removeprefix("local.")
        for reference in references(value)
        if reference.address.startswith("local.")
    }
    return frozenset(direct).union(*(through.get(name, frozenset()) for name in direct))


def local_closure(locals_: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """Return for each local the other locals that its own expression needs."""
    direct = {name: locals_of(value, {}) for name, value in locals_.items()}
    closed: dict[str, frozenset[str]] = {}
    for name, start in direct.items():
        seen: set[str] = set()
        waiting = list(start)
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(direct.get(current, ()))
        closed[name] = frozenset(seen)
    return closed

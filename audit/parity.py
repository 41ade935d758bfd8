"""Proves that environments are the same but for their approved variations [I1, I2]."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from audit.address import joined
from audit.backend import backend_findings
from audit.canonical import canonical, same
from audit.decisions import decision_findings
from audit.errors import CouldNotCheckError
from audit.finding import ABSENT, Finding
from audit.synthesized import Stack

RULE: Final = "parity"
Values = Mapping[str, object]
"""What each environment has, by its name."""


def compare(stacks: Mapping[str, Stack], approved: Collection[str]) -> tuple[Finding, ...]:
    """Compare the stacks of one family; the locals that may differ are *approved*.

    Raises:
        CouldNotCheckError: When there is no stack.
    """
    return (*differences(stacks, approved), *stale([stacks], approved))


def compare_families(
    families: Mapping[str, Mapping[str, Stack]], approved: Collection[str]
) -> tuple[Finding, ...]:
    """Compare several families that share their approvals, such as `payments-*` and its state.

    Raises:
        CouldNotCheckError: When there is no stack.
    """
    environments = dict.fromkeys(name for stacks in families.values() for name in stacks)
    incomplete = (
        Finding(
            rule=RULE,
            where=family,
            message=f"must be synthesized for every environment, is not for {name}",
        )
        for family, stacks in families.items()
        for name in environments
        if name not in stacks
    )
    found = [f for stacks in families.values() for f in differences(stacks, approved)]
    return (*incomplete, *found, *stale(families.values(), approved))


def differences(stacks: Mapping[str, Stack], approved: Collection[str]) -> Iterator[Finding]:
    """Yield where the stacks of one family differ without approval."""
    if not stacks:
        raise CouldNotCheckError("parity: there must be stacks to compare, got none")
    yield from _body_findings(stacks)
    yield from _local_findings(stacks, approved)
    yield from _decisions(stacks, approved)
    yield from backend_findings(stacks)


def _decisions(stacks: Mapping[str, Stack], approved: Collection[str]) -> Iterator[Finding]:
    """Judge each body once: environments of one blueprint have the same."""
    approvals = approved if isinstance(approved, Mapping) else dict.fromkeys(approved)
    bodies = {stack.digest: stack for stack in stacks.values()}
    found = (f for stack in bodies.values() for f in decision_findings(stack, approvals))
    yield from {(f.where, f.path, f.message): f for f in found}.values()


def stale(families: Iterable[Mapping[str, Stack]], approved: Collection[str]) -> Iterator[Finding]:
    """Yield the approvals of locals that no stack has."""
    known = {name for stacks in families for stack in stacks.values() for name in stack.locals}
    for name in sorted(set(approved) - known):
        yield Finding(
            rule=RULE,
            where=f"local.{name}",
            message="an approved variation must be a local of a stack, no stack has it",
        )


def _body_findings(stacks: Mapping[str, Stack]) -> Iterator[Finding]:
    if len({stack.digest for stack in stacks.values()}) == 1:
        return
    addresses = sorted({address for stack in stacks.values() for address in stack.elements})
    lone: dict[str, Values] = {}
    for address in addresses:
        values: Values = {n: stack.elements.get(address, ABSENT) for n, stack in stacks.items()}
        if any(value is ABSENT for value in values.values()):
            lone[address] = values
            continue
        for path, leaf in differing(values):
            yield _difference(address, path, leaf)
    for address, values in lone.items():
        yield _lonely(address, values, lone)


def differing(values: Values, path: str = "") -> Iterator[tuple[str, Values]]:
    """Yield each place where *values* are not the same, as deep as possible, with what is there."""
    present = list(values.values())
    first = present[0]
    if first is not ABSENT and all(v is not ABSENT and same(first, v) for v in present[1:]):
        return
    if all(isinstance(value, dict) for value in present):
        for key in sorted({key for value in present for key in value}):  # type: ignore[attr-defined]
            below = {name: value.get(key, ABSENT) for name, value in values.items()}  # type: ignore[attr-defined]
            yield from differing(below, joined(path, key))
    elif all(isinstance(v, list) for v in present) and len({len(v) for v in present}) == 1:  # type: ignore[arg-type]
        for index in range(len(first)):  # type: ignore[arg-type]
            below = {name: value[index] for name, value in values.items()}  # type: ignore[index]
            yield from differing(below, f"{path}[{index}]")
    else:
        yield path, values


def _difference(address: str, path: str, values: Values) -> Finding:
    return Finding(
        rule=RULE,
        where=address,
        path=path,
        message="must be the same in every environment: only locals may differ",
        values=values,
    )


def _lonely(address: str, values: Values, others: Mapping[str, Values]) -> Finding:
    """Return the finding for what some environments lack, with its other name if it has one."""
    there = {name for name, value in values.items() if value is not ABSENT}
    missing = [name for name in values if name not in there]
    message = f"must be in every environment, is absent in {', '.join(missing)}"
    config = canonical(next(value for value in values.values() if value is not ABSENT))
    for other, their in others.items():
        here = [name for name in missing if their[name] is not ABSENT]
        if here and other != address and canonical(their[here[0]]) == config:
            message += f", where {other} has the same configuration (renamed?)"
            break
    shown = {name: ABSENT if name in missing else "(present)" for name in values}
    return Finding(rule=RULE, where=address, message=message, values=shown)


def _local_findings(stacks: Mapping[str, Stack], approved: Collection[str]) -> Iterator[Finding]:
    for name in sorted({name for stack in stacks.values() for name in stack.locals}):
        values = {key: stack.locals.get(name, ABSENT) for key, stack in stacks.items()}
        missing = [key for key, value in values.items() if value is ABSENT]
        if missing:
            message = f"must be a local of every environment, is absent in {', '.join(missing)}"
        elif all(same(value, next(iter(values.values()))) for value in values.values()):
            continue
        elif name not in approved:
            message = "must be the same in every environment: no approved variation has this name"
        elif len({_kind(value) for value in values.values()}) > 1:
            message = "must have one JSON type in every environment"
        else:
            continue
        yield Finding(rule=RULE, where=f"local.{name}", message=message, values=values)


def _kind(value: object) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return type(value).__name__
    return "number" if isinstance(value, int | float) else type(value).__name__

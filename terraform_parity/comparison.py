"""Compares environments, and holds what differs against the ledger."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from terraform_parity.environment import UNKNOWN, Environment, Value, without_index
from terraform_parity.ledger import UNREVIEWED, Approval, Ledger, Own

SENSITIVE: Final = "(sensitive)"
ABSENT: Final = "(absent)"
EXISTS: Final = "(exists)"
_ITEM: Final = re.compile(r"\[\d+\]")


@frozen(kw_only=True)
class Difference:
    """One attribute that is not the same in every environment.

    Attributes:
        address: Without the indices of count and for_each.

        instance: The address with them.

        path: The attribute; empty where an instance exists in some environments only.

        values: What each environment has, fit to be shown.

        approval: What approves it, None for a new one.
    """

    address: str
    instance: str
    path: str
    values: Mapping[str, str]
    approval: Approval | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The address and the attribute as the ledger has them."""
        return self.address, _ITEM.sub("[*]", self.path)


@frozen(kw_only=True)
class Comparison:
    """What came of it.

    Attributes:
        compared: How many attributes of how many instances were compared.

        unneeded: The entries of the ledger that approve nothing.
    """

    environments: tuple[str, ...]
    compared: tuple[int, int]
    differences: tuple[Difference, ...]
    unneeded: tuple[Approval, ...]

    @property
    def new(self) -> tuple[Difference, ...]:
        """The differences that nothing approves."""
        return tuple(one for one in self.differences if one.approval is None)

    @property
    def unreviewed(self) -> tuple[Difference, ...]:
        """The differences that are in the ledger, and that nobody has looked at."""
        return tuple(
            one for one in self.differences if one.approval and one.approval.kind == UNREVIEWED
        )

    @property
    def has_findings(self) -> bool:
        """Whether something must be done."""
        return bool(self.new or self.unneeded)


def compare(environments: Sequence[Environment], ledger: Ledger) -> Comparison:
    """Compare every attribute of every instance in all of *environments*."""
    own = ledger.own or _names(environments)
    addresses = sorted({address for one in environments for address in one.resources})
    found: list[Difference] = []
    count = 0
    for instance in addresses:
        has = {one.name: one.resources.get(instance) for one in environments}
        count += len({path for leaves in has.values() for path in leaves or ()})
        found += _differences(instance, has, own, ledger)
    used = {one.approval for one in found}
    return Comparison(
        environments=tuple(one.name for one in environments),
        compared=(count, len(addresses)),
        differences=tuple(found),
        unneeded=tuple(one for one in ledger.approvals if one not in used),
    )


def _names(environments: Sequence[Environment]) -> tuple[Own, ...]:
    """Return the environments' own names, which a ledger need not state."""
    return (Own(name="the environment's name", values={e.name: e.name for e in environments}),)


def _differences(
    instance: str,
    has: Mapping[str, Mapping[str, Value] | None],
    own: Sequence[Own],
    ledger: Ledger,
) -> Iterator[Difference]:
    address = without_index(instance)
    if None in has.values():
        exists = {name: ABSENT if one is None else EXISTS for name, one in has.items()}
        yield _held(ledger, address, instance, "", exists)
        return
    present = {name: leaves for name, leaves in has.items() if leaves is not None}
    for path in sorted({path for leaves in present.values() for path in leaves}):
        values = {name: leaves.get(path) for name, leaves in present.items()}
        if not any(_same(values, one) for one in ((), own)):
            shown = {name: _shown(value) for name, value in values.items()}
            yield _held(ledger, address, instance, path, shown)


def _held(
    ledger: Ledger, address: str, instance: str, path: str, values: Mapping[str, str]
) -> Difference:
    plain = _ITEM.sub("[*]", path)
    approval = next((one for one in ledger.approvals if one.covers(address, plain)), None)
    return Difference(
        address=address, instance=instance, path=path, values=values, approval=approval
    )


def _same(values: Mapping[str, Value | None], own: Sequence[Own]) -> bool:
    """Tell whether all have the same value, as it is written or but for their *own* values."""
    return len({_comparable(name, value, own) for name, value in values.items()}) == 1


def _comparable(name: str, value: Value | None, own: Sequence[Own]) -> tuple[str, str]:
    """Return *value* as it is compared: types apart, and own values by their names."""
    if value is None:
        return "absent", ""
    if value.value is UNKNOWN:
        return "unknown", ""
    text = json.dumps(value.value, sort_keys=True)
    if isinstance(value.value, str):
        for index, one in enumerate(own):
            mine = one.values.get(name, "")
            if mine:
                text = re.sub(
                    rf"(?<![A-Za-z0-9]){re.escape(mine)}(?![A-Za-z0-9])", f"\0{index}\0", text
                )
    return type(value.value).__name__, text


def _shown(value: Value | None) -> str:
    if value is None:
        return ABSENT
    if value.is_sensitive:
        return SENSITIVE
    return str(value.value)

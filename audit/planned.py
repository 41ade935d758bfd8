"""Proves on Terraform's plans that the provider's defaults made no difference between environments.

A planned value may differ where its expression depends on a local that differs. What the provider
computed itself may differ where exchanging the values of such locals explains it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from audit.address import joined, leaves
from audit.canonical import canonical, same
from audit.errors import CouldNotCheckError
from audit.expression import in_text
from audit.finding import ABSENT, Finding
from audit.parity import Values, differing
from audit.reach import Reach
from audit.substitution import Pair, differing_pairs, substitutes
from audit.synthesized import Stack
from audit.template import has_expression
from audit.terraform_json import UNKNOWN, block_address, instances, known, marked

RULE: Final = "plan-parity"


def compare_plans(plans: Mapping[str, object], stacks: Mapping[str, Stack]) -> tuple[Finding, ...]:
    """Compare *plans* (`terraform show -json`, before anything exists) of the *stacks*' family.

    Raises:
        CouldNotCheckError: When a plan or a stack is missing.
        UnknownFormatError: When a plan is in a format we do not know.
    """
    if not plans or set(plans) != set(stacks):
        raise CouldNotCheckError(
            f"plan parity: there must be a plan for each of {', '.join(stacks)}, "
            f"got {', '.join(plans) or 'none'}"
        )
    documents = {name: known(plan, f"plan of {name}") for name, plan in plans.items()}
    return tuple(sorted(_findings(documents, stacks), key=lambda f: (f.where, f.path)))


def _findings(
    documents: Mapping[str, Mapping[str, Any]], stacks: Mapping[str, Stack]
) -> Iterator[Finding]:
    first = next(iter(stacks.values()))
    judge = _Judge(stacks, Reach.of(first))
    planned = {name: _planned(document) for name, document in documents.items()}
    for block in sorted({block for blocks in planned.values() for block in blocks}):
        of_block = {name: blocks.get(block, {}) for name, blocks in planned.items()}
        counts = {name: sorted(of_block[name]) for name in of_block}
        if len({str(indices) for indices in counts.values()}) > 1:
            numbers: Values = {name: len(indices) for name, indices in counts.items()}
            behind = judge.reach.locals_behind(block, "count") | judge.reach.locals_behind(
                block, "for_each"
            )
            if not behind & judge.varying:
                yield _finding(block, "count", numbers)
        for found in of_block.values():
            yield from _siblings(block, found, judge)
        for index in sorted(set.intersection(*(set(found) for found in of_block.values()))):
            values: Values = {
                name: judge.ordered(block, found[index]) for name, found in of_block.items()
            }
            for path, leaf in differing(values):
                if not judge.allows(block, path, leaf):
                    yield _finding(f"{block}{index}", path, leaf)
    outputs: Values = {name: _outputs(document) for name, document in documents.items()}
    for path, leaf in differing(outputs):
        name, _, rest = path.partition(".")
        if not judge.allows(f"output.{name}", f"value.{rest}".rstrip("."), leaf):
            yield _finding(f"output.{name}", rest, leaf)


class _Judge:
    """Says whether a difference follows from locals that differ."""

    def __init__(self, stacks: Mapping[str, Stack], reach: Reach) -> None:
        self.reach = reach
        reference, *others = stacks
        locals_ = {name: stack.resolved_locals for name, stack in stacks.items()}
        self._reference = reference
        self._known: dict[tuple[str, str], bool] = {}
        self._pairs: dict[str, list[Pair]] = {
            name: differing_pairs(locals_[reference], locals_[name]) for name in others
        }
        self._resolved = {name: Reach.of(stack.resolved) for name, stack in stacks.items()}
        self.varying = frozenset(
            key
            for key, value in locals_[reference].items()
            if any(not same(value, locals_[name].get(key)) for name in others)
        )

    def allows(self, block: str, path: str, values: Values) -> bool:
        """Tell whether *values* may differ."""
        if self.reach.configured(block, path):
            return self._driven(block, path) and self._as_written(block, path, values)
        return self._explained(values)

    def _as_written(self, block: str, path: str, values: Values) -> bool:
        """Tell whether values that follow from locals alone are what the expression says."""
        for name, value in values.items():
            written = self._resolved[name].written(block, path)
            if len(written) != 1 or isinstance(written[0], list | dict) or value is ABSENT:
                continue  # One of several blocks, or a whole one: which is not known here.
            known_now = not isinstance(written[0], str) or not has_expression(written[0])
            if known_now and not _equivalent(written[0], value):
                return False
        return True

    def counted(self, block: str, path: str) -> bool:
        """Tell whether an attribute may differ between the instances of one block."""
        written = self.reach.at(block, path)
        if not written:
            return False
        text = canonical(list(written))
        return "count." in text or "each." in text

    def ordered(self, block: str, value: Any, path: str = "") -> Any:
        """Return *value* with lists of blocks in an order that does not depend on locals.

        A plan lists the blocks of a set by their hashes, so those of a lifecycle rule change
        places when a number of days changes.
        """
        if isinstance(value, dict):
            return {
                key: self.ordered(block, below, joined(path, key)) for key, below in value.items()
            }
        if isinstance(value, list) and value and isinstance(value[0], dict):
            items = [self.ordered(block, item, path) for item in value]
            return sorted(items, key=lambda item: self._literals(block, path, item))
        return value

    def _literals(self, block: str, path: str, item: object) -> str:
        return canonical(
            [
                (key, leaf)
                for key, leaf in leaves(item)
                if not self._driven(block, joined(path, key))
            ]
        )

    def _driven(self, block: str, path: str) -> bool:
        if (block, path) not in self._known:
            behind = self.reach.locals_behind(block, path)
            self._known[block, path] = bool(behind & self.varying)
        return self._known[block, path]

    def _explained(self, values: Values) -> bool:
        mine = values[self._reference]
        return all(
            value is not ABSENT
            and mine is not ABSENT
            and substitutes(mine, value, self._pairs[name])
            for name, value in values.items()
            if name != self._reference
        )


def _siblings(
    block: str, found: Mapping[str, Mapping[str, Any]], judge: _Judge
) -> Iterator[Finding]:
    """Yield where the instances of one block differ by more than their number.

    A third gateway that only prod has cannot be compared with dev's, but with the first.
    """
    first, *others = found or [""]
    for index in others:
        for path, leaf in differing({first: found[first], index: found[index]}):
            if not judge.counted(block, path):
                yield _finding(f"{block}{index}", path, leaf)


def _planned(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what is planned by block and index; "" is the index of a lone instance."""
    unknown = {
        change["address"]: change["change"].get("after_unknown", {})
        for change in document.get("resource_changes", ())
    }
    planned: dict[str, dict[str, Any]] = {}
    root = document.get("planned_values", {}).get("root_module", {})
    for instance in instances(root):
        index = instance.get("index")
        key = "" if index is None else f"[{index!r}]"
        values = marked(instance.get("values", {}), unknown.get(instance["address"], {}))
        planned.setdefault(block_address(instance), {})[key] = values
    return planned


def _equivalent(written: object, planned: object) -> bool:
    """Tell whether the provider would read both as the same: "5" is 5, null is not said."""
    if written is None or planned == UNKNOWN:
        return True
    if isinstance(written, str) and written.startswith(("{", "[")):
        try:
            return same(json.loads(written), json.loads(str(planned)))
        except ValueError:
            return False
    return in_text(written) == (in_text(planned) if planned is not None else "")


def _outputs(document: Mapping[str, Any]) -> dict[str, object]:
    outputs = document.get("planned_values", {}).get("outputs", {})
    return {name: output.get("value", UNKNOWN) for name, output in outputs.items()}


def _finding(where: str, path: str, values: Values) -> Finding:
    return Finding(
        rule=RULE,
        where=where,
        path=path,
        message="must be planned the same in every environment: no local that differs reaches it",
        values=values,
    )

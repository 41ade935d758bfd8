"""The one judge: everything of our own that must hold, on the files that Terraform then gets."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from audit.archives import archive_findings
from audit.canonical import canonical
from audit.family import families
from audit.finding import Finding
from audit.matrix import driven, matrix, unused
from audit.parity import compare_families
from audit.policy.evaluate import evaluate
from audit.policy.outside import forbidden, is_outside
from audit.promise import broken_promises
from audit.suppression import Suppression, apply_suppressions
from audit.synthesized import Stack
from gates.exceptions_file import suppressions
from gates.folder import Folder
from gates.promised import promised
from model.blueprint import Blueprint, approved
from model.environment import DECLARED
from model.variation import Variation


def judged(blueprint: Blueprint, folder: Folder) -> tuple[Finding, ...]:
    """Return what is wrong with *folder*, given the settings of *blueprint* and its excuses.

    Raises:
        CouldNotCheckError: When the file of excuses cannot be read.
    """
    return tuple(_findings(blueprint, folder, suppressions(blueprint.platform.name)))


def _findings(
    blueprint: Blueprint, folder: Folder, excuses: tuple[Suppression, ...]
) -> Iterator[Finding]:
    stacks = folder.stacks
    of_kind = families(stacks, [e.identity.name for e in blueprint.environments])
    approvals = approvals_of(blueprint, stacks)
    yield from broken_promises(stacks, promised(blueprint))
    yield from archive_findings(stacks, folder.hashes)
    yield from compare_families(of_kind, approvals)
    yield from unused_variations(stacks, of_kind, approvals)
    ours = [s for s in excuses if not is_outside(s.rule)]
    yield from evaluate(stacks, today=today(), suppressions=ours)
    yield from _refused(forbidden(excuses, stacks))


def approvals_of(blueprint: Blueprint, stacks: Mapping[str, Stack]) -> dict[str, Variation]:
    """Return the approvals of all locals that *blueprint* has or that are in *stacks*."""
    there = {name for stack in stacks.values() for name in stack.locals}
    varying = approved(blueprint.varying_paths)
    every = approved(declared.path for declared in DECLARED)
    return {name: a for name, a in every.items() if name in there or name in varying}


def unused_variations(
    stacks: Mapping[str, Stack],
    of_kind: Mapping[str, Mapping[str, Stack]],
    approvals: Mapping[str, Variation],
) -> Iterator[Finding]:
    """Yield the locals that drive nothing in any stack: the table would lie about them."""
    rows = [row for group in of_kind.values() for row in matrix(group, approvals)]
    bodies = {stack.digest: stack for stack in stacks.values()}
    used = {name for stack in bodies.values() for name in driven(stack)}
    in_families = {stack.name for group in of_kind.values() for stack in group.values()}
    of_all = " ".join(canonical(stacks[name].body) for name in stacks if name not in in_families)
    lonely = {
        row.local: row
        for row in rows
        # A stack of no environment, such as the pipeline, has the values of all as literals.
        if row.local not in used
        and not all(isinstance(v, str) and v and v in of_all for v in row.values.values())
    }
    yield from unused(tuple(lonely.values()))


def _refused(excuses: Iterable[Suppression]) -> tuple[Finding, ...]:
    refused = tuple(excuses)
    return apply_suppressions((), refused, today=today(), locked={s.rule for s in refused})


def today() -> dt.date:
    """Return the day on which suppressions are looked at."""
    return dt.datetime.now(tz=dt.UTC).date()

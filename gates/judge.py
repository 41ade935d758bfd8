"""The one judge: everything of our own that must hold, on the files that Terraform then gets."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audit.archives import archive_findings, telling_variables
from audit.canonical import canonical
from audit.family import families
from audit.finding import Finding
from audit.matrix import driven, unused
from audit.parity import compare_families
from audit.policy.evaluate import evaluate
from audit.policy.outside import forbidden, is_outside
from audit.promise import broken_promises
from audit.runtime_code import runtime_findings
from audit.suppression import Suppression, apply_suppressions
from audit.synthesized import Stack
from gates.exceptions_file import suppressions
from gates.folder import Folder
from gates.promised import locals_of, promised
from model.blueprint import Blueprint, approved
from model.environment import DECLARED
from model.variation import Variation

_ELSEWHERE: Final = ("state_", "identity_confirmation_required")
"""Settings that stand in the backend, or become the word that must be said."""


def judged(blueprint: Blueprint, folder: Folder) -> tuple[Finding, ...]:
    """Return what is wrong with *folder*, given the settings of *blueprint* and its excuses.

    Raises:
        CouldNotCheckError: When the file of excuses cannot be read.
    """
    return tuple(findings(blueprint, folder))


def findings(blueprint: Blueprint, folder: Folder) -> Iterator[Finding]:
    """Yield what is wrong with *folder*, what is found fastest first."""
    stacks = folder.stacks
    excuses = suppressions(blueprint.platform.name)
    of_kind = families(stacks, [e.identity.name for e in blueprint.environments])
    approvals = approvals_of(stacks)
    yield from broken_promises(stacks, promised(blueprint))
    yield from archive_findings(stacks, folder.hashes)
    yield from compare_families(of_kind, approvals)
    yield from unused_variations(blueprint, stacks, of_kind)
    ours = [s for s in excuses if not is_outside(s.rule)]
    yield from evaluate(stacks, today=today(), suppressions=ours)
    yield from _refused(forbidden(excuses, stacks))
    yield from runtime_findings(folder.code, telling_variables(stacks.values()))


def approvals_of(stacks: Mapping[str, Stack]) -> dict[str, Variation]:
    """Return the approval of each local in *stacks*."""
    there = {name for stack in stacks.values() for name in stack.locals}
    every = approved(declared.path for declared in DECLARED)
    return {name: approval for name, approval in every.items() if name in there}


def unused_variations(
    blueprint: Blueprint, stacks: Mapping[str, Stack], of_kind: Mapping[str, Mapping[str, Stack]]
) -> Iterator[Finding]:
    """Yield the settings that drive nothing in any stack: the table would lie about them.

    A copy lacks what an account has only one of, so that settings may have nothing to drive there.
    """
    if blueprint.suffix:
        return
    in_families = {stack.name for group in of_kind.values() for stack in group.values()}
    # A stack of no environment, such as the pipeline, has the values of all as literals.
    of_all = " ".join(canonical(stacks[name].body) for name in stacks if name not in in_families)
    bodies = {stack.digest: stack for stack in stacks.values()}
    used = {name for stack in bodies.values() for name in driven(stack)}
    values = {e.identity.name: locals_of(e) for e in blueprint.environments}
    for name in approved(blueprint.varying_paths):
        each = {environment: found[name] for environment, found in values.items() if name in found}
        literal = all(isinstance(v, str) and v and v in of_all for v in each.values())
        if name not in used and not literal and not name.startswith(_ELSEWHERE):
            yield unused(name, each)


def _refused(excuses: Iterable[Suppression]) -> tuple[Finding, ...]:
    refused = tuple(excuses)
    return apply_suppressions((), refused, today=today(), locked={s.rule for s in refused})


def today() -> dt.date:
    """Return the day on which suppressions are looked at."""
    return dt.datetime.now(tz=dt.UTC).date()

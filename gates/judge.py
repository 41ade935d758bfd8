"""All our own checks, on the files that Terraform then gets."""

import datetime as dt
from collections.abc import Iterable, Iterator

from audit.archives import archive_findings, telling_variables
from audit.family import families
from audit.finding import Finding
from audit.parity import compare_families
from audit.policy.evaluate import evaluate
from audit.policy.outside import forbidden, is_outside
from audit.promise import broken_promises
from audit.runtime_code import runtime_findings
from audit.suppression import Suppression, apply_suppressions
from gates.exceptions_file import suppressions
from gates.folder import Folder
from gates.promised import promised
from gates.variations import approvals_of, unused_variations
from model.blueprint import Blueprint


def judged(blueprint: Blueprint, folder: Folder) -> tuple[Finding, ...]:
    """Return what is wrong with *folder*, given the settings of *blueprint* and its suppressions.

    Raises:
        CouldNotCheckError: When the file of suppressions cannot be read.
    """
    return tuple(findings(blueprint, folder))


def findings(blueprint: Blueprint, folder: Folder) -> Iterator[Finding]:
    """Yield what is wrong with *folder*, what is found fastest first."""
    stacks = folder.stacks
    suppressed = suppressions(blueprint.platform.name)
    of_kind = families(stacks, [e.identity.name for e in blueprint.environments])
    approvals = approvals_of(stacks)
    yield from broken_promises(stacks, promised(blueprint))
    yield from archive_findings(stacks, folder.hashes)
    yield from compare_families(of_kind, approvals)
    yield from unused_variations(blueprint, stacks, of_kind)
    ours = [s for s in suppressed if not is_outside(s.rule)]
    yield from evaluate(stacks, today=today(), suppressions=ours)
    yield from _refused(forbidden(suppressed, stacks))
    yield from runtime_findings(folder.code, telling_variables(stacks.values()))


def _refused(forbidden_ones: Iterable[Suppression]) -> tuple[Finding, ...]:
    refused = tuple(forbidden_ones)
    return apply_suppressions((), refused, today=today(), locked={s.rule for s in refused})


def today() -> dt.date:
    """Return the day on which suppressions are looked at."""
    return dt.datetime.now(tz=dt.UTC).date()

"""What may differ between environments: how it is approved, and whether it drives anything."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.canonical import canonical
from audit.finding import Finding
from audit.matrix import driven, unused
from audit.synthesized import Stack
from gates.promised import locals_of
from model.blueprint import Blueprint, approved
from model.environment import DECLARED
from model.variation import Variation

_ELSEWHERE: Final = ("state_", "identity_confirmation_required")
"""Settings that stand in the backend, or become the confirmation token."""


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

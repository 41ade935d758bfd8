"""What was synthesized is what the settings say: locals, backends, and no stack more [I6]."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from attrs import frozen

from audit import inputs
from audit.canonical import same
from audit.finding import ABSENT, Finding
from audit.synthesized import Stack

RULE: Final = "settings"
DIGEST_LOCAL: Final = "blueprint_digest"
_PLACE: Final = ("bucket", "key", "region")


@frozen(kw_only=True)
class Promised:
    """What the settings say of one stack.

    Attributes:
        environment: Whose it is, empty where it is of none.

        locals: The value of every setting, by its local; a stack has those it needs.

        backend: The block `terraform.backend`.
    """

    environment: str
    locals: Mapping[str, object]
    backend: Mapping[str, Any]


def broken_promises(
    stacks: Mapping[str, Stack], promised: Mapping[str, Promised]
) -> Iterator[Finding]:
    """Yield where *stacks* are not what the settings say."""
    for name in sorted(set(promised) - set(stacks)):
        yield _finding(name, "", "must be synthesized, is not", {})
    for name, stack in stacks.items():
        if name not in promised:
            yield _finding(name, "", "must be a stack of the platform, no setting asks for it", {})
            continue
        yield from _locals(stack, promised[name])
        yield from _backend(stack, promised[name])
    yield from _shared_places(stacks)


def _locals(stack: Stack, promised: Promised) -> Iterator[Finding]:
    computed: Mapping[str, object] = {DIGEST_LOCAL: stack.digest}
    for name, value in stack.locals.items():
        if name in inputs.COMPUTED_LOCALS:
            said, source = computed[name], "its own body"
        elif name in promised.locals:
            said, source = promised.locals[name], "its setting"
        else:
            yield _finding(
                f"local.{name}", "", f"{stack.name}: must be a setting, there is none", {}
            )
            continue
        if not same(value, said):
            message = f"{stack.name}: must be what {source} says"
            values = {"settings": said, stack.name: value}
            yield _finding(f"local.{name}", "", message, values)


def _backend(stack: Stack, promised: Promised) -> Iterator[Finding]:
    if set(stack.backend) != {"s3"}:
        message = f"{stack.name}: must be s3, is {', '.join(stack.backend) or 'nothing'}"
        yield _finding("terraform.backend", "", message, {})
        return
    block = stack.backend["s3"]
    for key in sorted({*block, *promised.backend}):
        said, found = promised.backend.get(key, ABSENT), block.get(key, ABSENT)
        if said is ABSENT or found is ABSENT or not same(said, found):
            message = f"{stack.name}: must be what the settings say"
            values = {"settings": said, stack.name: found}
            yield _finding("terraform.backend", f"s3.{key}", message, values)


def _shared_places(stacks: Mapping[str, Stack]) -> Iterator[Finding]:
    """Yield the places of state that two stacks share, of whatever environments."""
    places = {
        name: tuple(str(stack.backend.get("s3", {}).get(key)) for key in _PLACE)
        for name, stack in stacks.items()
    }
    for one, other in combinations(places, 2):
        if places[one] == places[other]:
            message = "must be a place of each stack's own"
            shared = dict.fromkeys((one, other), "/".join(places[one]))
            yield _finding("terraform.backend", "s3", message, shared)


def _finding(where: str, path: str, message: str, values: Mapping[str, object]) -> Finding:
    return Finding(rule=RULE, where=where, path=path, message=message, values=values)

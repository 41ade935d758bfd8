"""Proves that environments keep their state in the same way, each in a place of its own [B1]."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from audit.canonical import same
from audit.finding import ABSENT, Finding
from audit.synthesized import Stack

RULE: Final = "backend"
MAY_DIFFER: Final = frozenset({"bucket", "key", "region", "dynamodb_table", "kms_key_id"})
"""Where the state is; how it is kept (encryption, locks) is the same everywhere."""
_PLACE: Final = ("bucket", "key", "region")


def backend_findings(stacks: Mapping[str, Stack]) -> Iterator[Finding]:
    """Yield what is wrong with `terraform.backend`, the block that the body leaves out."""
    types = {name: ", ".join(sorted(stack.backend)) for name, stack in stacks.items()}
    if len(set(types.values())) > 1:
        yield _finding("", "must be of one type in every environment", types)
        return
    for type_ in sorted(next(iter(stacks.values())).backend):
        blocks = {name: stack.backend[type_] for name, stack in stacks.items()}
        for key in sorted({key for block in blocks.values() for key in block}):
            values = {name: block.get(key, ABSENT) for name, block in blocks.items()}
            if any(value is ABSENT for value in values.values()):
                message = "must be set in every environment or in none"
            elif key not in MAY_DIFFER and len(values) > len(_same_as_first(values)):
                message = "must be the same in every environment: only the place may differ"
            else:
                continue
            yield _finding(f"{type_}.{key}", message, values)
        for one, other in combinations(blocks, 2):
            place = [blocks[one].get(key) for key in _PLACE]
            if any(place) and place == [blocks[other].get(key) for key in _PLACE]:
                shared = {name: "/".join(map(str, place[:2])) for name in (one, other)}
                yield _finding(type_, "must be a place of each environment's own", shared)


def _same_as_first(values: Mapping[str, object]) -> list[object]:
    first = next(iter(values.values()))
    return [value for value in values.values() if same(first, value)]


def _finding(path: str, message: str, values: Mapping[str, object]) -> Finding:
    return Finding(rule=RULE, where="terraform.backend", path=path, message=message, values=values)

"""Compares what two revisions of the project synthesize, environment by environment."""

from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from attrs import evolve, frozen

from audit.address import leaves
from audit.finding import ABSENT
from audit.promise import DIGEST_LOCAL
from audit.synthesized import Stack


class Kind(Enum):
    """What became of a setting or a resource."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen(kw_only=True)
class Edit:
    """One local, or one attribute of one element, that is another than it was.

    Attributes:
        where: The local's name, or the address.

        path: The attribute; empty for a local, and for an element that was added or removed.
    """

    kind: Kind
    where: str
    path: str = ""
    before: object = ABSENT
    after: object = ABSENT


@frozen(kw_only=True)
class StackChange:
    """What a change does to one stack; the digests are empty where there is no such stack."""

    stack: str
    before: str
    after: str
    settings: tuple[Edit, ...] = ()
    elements: tuple[Edit, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether the stack stays what it was."""
        return self.before == self.after and not (self.settings or self.elements)


def stack_changes(
    before: Mapping[str, Stack], after: Mapping[str, Stack]
) -> tuple[StackChange, ...]:
    """Return what became of every stack of either revision, those that stay the same too."""
    return tuple(
        _change(name, before.get(name), after.get(name)) for name in sorted({*before, *after})
    )


def _change(name: str, before: Stack | None, after: Stack | None) -> StackChange:
    old, new = (_comparable(one) if one else None for one in (before, after))
    return StackChange(
        stack=name,
        before=before.digest if before else "",
        after=after.digest if after else "",
        settings=tuple(_edits(old.locals if old else {}, new.locals if new else {})),
        elements=tuple(_elements(old, new)),
    )


def _comparable(stack: Stack) -> Stack:
    """Return *stack* without its own digest, which changes with everything else."""
    locals_ = {k: v for k, v in stack.locals.items() if k != DIGEST_LOCAL}
    return evolve(stack, locals=locals_)


def _edits(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Edit]:
    for name in sorted({*before, *after}):
        one, other = before.get(name, ABSENT), after.get(name, ABSENT)
        if one != other or type(one) is not type(other):
            yield Edit(kind=_kind(one, other), where=name, before=one, after=other)


def _elements(before: Stack | None, after: Stack | None) -> Iterator[Edit]:
    """Yield what each attribute evaluates to in the stack's environment, where it differs."""
    old = before.resolved.elements if before else {}
    new = after.resolved.elements if after else {}
    for address in sorted({*old, *new}):
        if address not in old or address not in new:
            kind = Kind.ADDED if address in new else Kind.REMOVED
            yield Edit(kind=kind, where=address)
            continue
        one, other = dict(leaves(old[address])), dict(leaves(new[address]))
        for edit in _edits(one, other):
            yield evolve(edit, where=address, path=edit.where)


def _kind(before: object, after: object) -> Kind:
    if before is ABSENT:
        return Kind.ADDED
    return Kind.REMOVED if after is ABSENT else Kind.CHANGED


def in_all(changes: Collection[StackChange]) -> Iterator[tuple[Edit, tuple[str, ...]]]:
    """Yield each edit of an element with the stacks that have it: most are in all of them."""
    found: dict[tuple[object, ...], tuple[Edit, list[str]]] = {}
    for change in changes:
        for edit in change.elements:
            key = (edit.where, edit.path, repr(edit.before), repr(edit.after))
            found.setdefault(key, (edit, []))[1].append(change.stack)
    for edit, stacks in found.values():
        yield edit, tuple(stacks)

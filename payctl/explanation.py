"""Where a value comes from, which values the other environments have, and why they may differ."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.address import leaves
from audit.finding import ABSENT
from audit.matrix import driven, effects, local_closure, locals_of
from audit.place import Place
from audit.synthesized import Stack
from model.environment import DECLARED
from model.variation import Variation, local_name, value_at
from payctl.errors import CannotError
from payctl.origin import built_at, construct_path
from payctl.project import Project, paths
from payctl.settings import plain_value

_SUGGESTIONS: Final = 5


@frozen(kw_only=True)
class Local:
    """One local, with the setting behind it.

    Attributes:
        where: File and line that decided the value, by environment.

        order: Which of two values is the stronger one, empty for no setting.

        drives: What it reaches, and what that evaluates to in each environment.
    """

    name: str
    setting: str
    values: Mapping[str, object]
    where: Mapping[str, str]
    approval: Variation | None
    order: str
    drives: Mapping[Place, Mapping[str, object]]


@frozen(kw_only=True)
class Attribute:
    """One attribute of something in the body.

    Attributes:
        source: As it is written, the same in every environment.

        values: As it becomes, by environment, as far as locals decide.

        locals: What it depends on.

        built: Where our code builds it.
    """

    address: str
    path: str
    source: object
    values: Mapping[str, object]
    locals: tuple[str, ...]
    built: tuple[str, ...]


def explained(project: Project, what: str) -> Local | tuple[Attribute, ...]:
    """Return what is known of *what*: a local, a setting, an address or one of its attributes.

    Raises:
        CannotError: When there is no such thing; the message names what is similar.
    """
    name = local_name(what.removeprefix("local."))
    for stacks in project.families.values():
        if any(name in stack.locals for stack in stacks.values()):
            return explain_local(project, name)
    if what in paths().values() or name in paths():
        return explain_local(project, name)
    for stacks in project.families.values():
        found = tuple(_attributes(project, stacks, what))
        if found:
            return found
    known = sorted(_known(project))
    parts = [name for name in known if what in name][:_SUGGESTIONS]
    near = parts or difflib.get_close_matches(what, known, n=_SUGGESTIONS, cutoff=0.4)
    raise CannotError(
        f"{project.name} has no local, setting or address {what!r}",
        next_step=f"did you mean {', '.join(near)}?" if near else "payctl parity lists the locals",
    )


def explain_local(project: Project, name: str) -> Local:
    """Return what is known of the local called *name*."""
    families = [f for f in project.families.values() if any(name in s.locals for s in f.values())]
    values: dict[str, object] = {}
    drives: dict[Place, Mapping[str, object]] = {}
    for stacks in families:
        values = {key: s.locals.get(name, ABSENT) for key, s in stacks.items()} | values
        drives |= effects(stacks, driven(next(iter(stacks.values()))).get(name, ()))
    setting = paths().get(name, "")
    computed = "worked out when it is synthesized"
    return Local(
        name=name,
        setting=setting,
        values=values or _fixed(project, setting),
        where={n: project.where(setting, n) if setting else computed for n in project.names},
        approval=project.approved.get(name),
        order=next((one.order.text for one in DECLARED if one.path == setting), ""),
        drives=drives,
    )


def _fixed(project: Project, setting: str) -> dict[str, object]:
    """Return the values of a setting that is no local here: fixed, or kept in Python."""
    return {
        e.identity.name: plain_value(value_at(e, setting)) for e in project.blueprint.environments
    }


def _attributes(project: Project, stacks: Mapping[str, Stack], what: str) -> Iterator[Attribute]:
    first = next(iter(stacks.values()))
    address = next((known for known in first.elements if what == known or _below(what, known)), "")
    if not address:
        return
    wanted = what.removeprefix(address).lstrip(".")
    built = built_at(construct_path(project, first.name, address))
    through = local_closure(first.locals)
    resolved = {
        name: dict(leaves(stack.resolved.elements[address])) for name, stack in stacks.items()
    }
    for path, source in leaves(first.elements[address]):
        if wanted and path != wanted and not _below(path, wanted):
            continue
        yield Attribute(
            address=address,
            path=path,
            source=source,
            values={name: found.get(path, source) for name, found in resolved.items()},
            locals=tuple(sorted(locals_of(source, through))),
            built=built,
        )


def _below(path: str, above: str) -> bool:
    return path.startswith((f"{above}.", f"{above}["))


def _known(project: Project) -> Iterable[str]:
    yield from paths()
    yield from paths().values()
    for stacks in project.families.values():
        first: Any = next(iter(stacks.values()))
        yield from first.elements

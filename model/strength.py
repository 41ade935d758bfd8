"""No environment is weaker than the one before it, and the last keeps its floors [I8].

What is weaker on purpose is accepted in `envs/<platform>/accepted_weaker.toml`, with a reason and
an expiry, for one setting of one environment.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen, validators

from model.environment import DECLARED, Environment
from model.errors import Problem
from model.floor import FLOORS
from model.platform import Platform
from model.source import Source
from model.variation import Declared, value_at

FILE: Final = "accepted_weaker.toml"
LONGEST: Final = dt.timedelta(days=366)
"""How far away the expiry of an acceptance may be."""


@frozen(kw_only=True)
class Acceptance:
    """A setting that may be weaker than in the environment before, for a time.

    Attributes:
        reason: Why it is no problem, in a sentence.

        expires: The last day on which it counts.
    """

    setting: str = field(validator=validators.in_({declared.path for declared in DECLARED}))
    environment: str = field(validator=validators.instance_of(str))
    reason: str = field(validator=(validators.instance_of(str), validators.min_len(10)))
    expires: dt.date = field(validator=validators.instance_of(dt.date))


Read = tuple[tuple[Acceptance, ...], tuple[Problem, ...]]
"""Acceptances, and what is wrong with their file."""


def read_acceptances(folder: Path, label: str) -> Read:
    """Return the acceptances of the platform in *folder*, and what is wrong with their file."""
    file, where = folder / FILE, f"{label}/{FILE}"
    if not file.exists():
        return (), ()
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
        entries = document.pop("weaker", [])
        if document:
            return (), (Problem(where, f"must hold [[weaker]] only, has {', '.join(document)}"),)
        return tuple(Acceptance(**entry) for entry in entries), ()
    except (OSError, TypeError, ValueError) as error:
        said = error.args[0] if error.args else error
        return (), (Problem(where, f"must have setting, environment, reason, expires: {said}"),)


def strength_problems(
    platform: Platform,
    environments: Mapping[str, Environment],
    sources: Mapping[str, Source],
    acceptances: Iterable[Acceptance],
    *,
    today: dt.date,
) -> Iterator[Problem]:
    """Yield what is weaker than before or than a floor, and what is wrong with acceptances."""
    accepted = {(one.setting, one.environment): one for one in acceptances}
    used: set[tuple[str, str]] = set()
    for (before, first), (name, second) in pairwise(environments.items()):
        for declared in DECLARED:
            value, earlier = value_at(second, declared.path), value_at(first, declared.path)
            if not declared.constraint.holds(value) or not declared.order.is_weaker(value, earlier):
                continue
            one = accepted.get((declared.path, name))
            if one and today <= one.expires:
                used.add((declared.path, name))
                continue
            yield Problem(
                sources[name].where(declared.path),
                f"{declared.path} must not be weaker than in {before}, where it is {earlier!r}, "
                f"got {value!r}: {declared.order.text}; or accept it in {FILE}",
            )
    for key, one in accepted.items():
        yield from _acceptance_problems(one, today, sources, is_used=key in used)
    yield from _floor_problems(platform, environments, sources)


def _acceptance_problems(
    one: Acceptance, today: dt.date, sources: Mapping[str, Source], *, is_used: bool
) -> Iterator[Problem]:
    what = f"{one.setting} of {one.environment}"
    if one.environment not in sources:
        yield Problem(FILE, f"{what} must be of an environment, there is none of this name")
    elif one.expires < today:
        yield Problem(FILE, f"{what} must not be past its expiry, it expired {one.expires}")
    elif one.expires - today > LONGEST:
        yield Problem(FILE, f"{what} must expire within a year, expires {one.expires}")
    elif not is_used:
        yield Problem(FILE, f"{what} must be needed, it is not weaker than before")


def _floor_problems(
    platform: Platform, environments: Mapping[str, Environment], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Yield where the last environment is weaker than its platform's floors."""
    if not environments:
        return
    name, last = [*environments.items()][-1]
    by_path: dict[str, Declared] = {declared.path: declared for declared in DECLARED}
    for floor in (*FLOORS, *platform.floors):
        declared = by_path.get(floor.setting)
        if declared is None:
            known = ", ".join(by_path)
            yield Problem(
                "platform.floors", f"{floor.setting} must be a setting, which are {known}"
            )
            continue
        value: Any = value_at(last, floor.setting)
        if declared.order.rank(floor.at_least) is None:
            message = f"{floor.setting} must have an order and a value in it to have a floor"
            yield Problem("platform.floors", message)
        elif declared.constraint.holds(value) and declared.order.is_weaker(value, floor.at_least):
            yield Problem(
                sources[name].where(floor.setting),
                f"{floor.setting} must be {floor.at_least!r} or stronger in {name}, the last "
                f"environment (platform.floors), got {value!r}",
            )

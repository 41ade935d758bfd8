"""Compares what IAM's patterns match: `*` any text, `?` any one character."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Final

from attrs import frozen

from audit.iam.template_json import with_variables_escaped
from audit.template import Expression, parts

_WILD: Final = re.compile(r"[*?]+")
_POLICY_VARIABLE: Final = re.compile(r"\$\{(?:([*?$])|([\w-]+:[^{}]*))\}")
"""A literal `*`, `?` or `$`, or a key of the request."""


class Wild(Enum):
    """What stands for text that a pattern leaves open."""

    ONE = "?"
    MANY = "*"


@frozen
class Atom:
    """A Terraform expression, of whose text only the source is known."""

    source: str


@frozen
class Variable:
    """A policy variable, such as `${aws:username}`: text that each request brings along."""

    source: str


Token = str | Wild | Atom | Variable
_ANY_OTHER: Final = Atom("any other character")


@lru_cache(maxsize=65_536)
def tokens(pattern: str) -> tuple[Token, ...]:
    """Return what *pattern* is made of; consecutive `*` are one."""
    found: list[Token] = []
    for token in _tokens(pattern):
        if token is not Wild.MANY or not found or found[-1] is not Wild.MANY:
            found.append(token)
    return tuple(found)


def _tokens(pattern: str) -> Iterator[Token]:
    for part in parts(with_variables_escaped(pattern)):
        if isinstance(part, Expression):
            yield Atom(str(part))
        else:
            yield from _of_text(part)


def _of_text(text: str) -> Iterator[Token]:
    position = 0
    for variable in _POLICY_VARIABLE.finditer(text):
        yield from (_character(one) for one in text[position : variable.start()])
        yield variable.group(1) or Variable(variable.group())
        position = variable.end()
    yield from (_character(one) for one in text[position:])


def _character(one: str) -> Token:
    return Wild(one) if one in "*?" else one


def is_open(pattern: str) -> bool:
    """Tell whether *pattern* leaves anything open, by a wildcard or by a policy variable."""
    return any(isinstance(token, Wild | Variable) for token in tokens(pattern))


def is_everything(pattern: str) -> bool:
    """Tell whether *pattern* matches every text but the shortest: `*`, `**`, `?*`."""
    found = tokens(pattern)
    return Wild.MANY in found and all(isinstance(token, Wild) for token in found)


@lru_cache(maxsize=65_536)
def overlaps(one: str, other: str) -> bool:
    """Tell whether some text is matched by both patterns."""
    return _meet(tokens(one), tokens(other))


@lru_cache(maxsize=65_536)
def covers(wide: str, narrow: str) -> bool:
    """Tell whether *wide* matches every text that *narrow* matches."""
    if wide == narrow:
        return True
    if "${" not in wide and any(run not in narrow for run in _WILD.split(wide)):
        return False  # Where *narrow* has a wildcard, it has texts with another character there.
    one, other = tokens(wide), tokens(narrow)
    fixed = next((place for place, token in enumerate(one) if isinstance(token, Wild)), len(one))
    if one[:fixed] != other[:fixed] or (fixed == len(one) and len(other) > fixed):
        return False  # Most pairs differ before the first wildcard.
    return _include(one[fixed:], other[fixed:])


def _meet(one: tuple[Token, ...], other: tuple[Token, ...]) -> bool:
    waiting, seen = [(0, 0)], set[tuple[int, int]]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        left, right = here
        if left == len(one) and right == len(other):
            return True
        first = one[left] if left < len(one) else None
        second = other[right] if right < len(other) else None
        if first is Wild.MANY:
            waiting.append((left + 1, right))
            if second is not None:
                waiting.append((left, right + 1))
        elif second is Wild.MANY:
            waiting.append((left, right + 1))
            if first is not None:
                waiting.append((left + 1, right))
        elif None not in (first, second) and (Wild.ONE in (first, second) or first == second):
            waiting.append((left + 1, right + 1))
    return False


def _include(wide: tuple[Token, ...], narrow: tuple[Token, ...]) -> bool:
    """Follow every text of *narrow* through *wide*, which is in several places at a time."""
    alphabet = {token for token in wide if not isinstance(token, Wild)} | {_ANY_OTHER}
    waiting = [(0, _closed(wide, frozenset({0})))]
    seen = set[tuple[int, frozenset[int]]]()
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        position, places = here
        if position == len(narrow):
            if len(wide) not in places:
                return False
            continue
        token = narrow[position]
        if token is Wild.MANY:
            waiting.append((position + 1, places))
            waiting += [(position, _step(wide, places, character)) for character in alphabet]
        else:
            possible = alphabet if token is Wild.ONE else {token}
            waiting += [(position + 1, _step(wide, places, c)) for c in possible]
    return True


def _step(wide: tuple[Token, ...], places: frozenset[int], character: Token) -> frozenset[int]:
    reached = {
        place if wide[place] is Wild.MANY else place + 1
        for place in places
        if place < len(wide) and (isinstance(wide[place], Wild) or wide[place] == character)
    }
    return _closed(wide, frozenset(reached))


def _closed(wide: tuple[Token, ...], places: frozenset[int]) -> frozenset[int]:
    """Add the places behind each `*`, which may match nothing."""
    return places | {
        place + 1 for place in places if place < len(wide) and wide[place] is Wild.MANY
    }

"""Tells whether two values differ only by the values of locals."""

from collections.abc import Iterable, Mapping, Sequence

from audit.canonical import same

Pair = tuple[object, object]
"""What a local is in the one environment and in the other."""


def differing_pairs(one: Mapping[str, object], other: Mapping[str, object]) -> list[Pair]:
    """Return the values that locals have in *one* and *other* where they are not the same.

    Of a list each item counts.
    """
    pairs: list[Pair] = []
    for name, value in one.items():
        theirs = other.get(name)
        if same(value, theirs) or isinstance(value, bool):
            continue  # One switch would explain all others.
        pairs.append((value, theirs))
        if isinstance(value, list) and isinstance(theirs, list):
            pairs.extend(zip(value, theirs, strict=False))
    return pairs


def substitutes(one: object, other: object, pairs: Sequence[Pair]) -> bool:
    """Tell whether *other* is *one* with values of *pairs* exchanged."""
    if same(one, other) or any(same(one, a) and same(other, b) for a, b in pairs):
        return True
    if isinstance(one, str) and isinstance(other, str):
        return _texts(one, other, _text_pairs(pairs))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            substitutes(a, b, pairs) for a, b in zip(one, other, strict=True)
        )
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            substitutes(value, other[key], pairs) for key, value in one.items()
        )
    return False


def _text_pairs(pairs: Iterable[Pair]) -> list[tuple[str, str]]:
    """Keep what can stand inside a text; a lone character would explain anything."""
    shortest = 2
    return [
        (a, b)
        for a, b in pairs
        if isinstance(a, str) and isinstance(b, str) and max(len(a), len(b)) >= shortest
    ]


def _texts(one: str, other: str, pairs: Sequence[tuple[str, str]]) -> bool:
    """Walk both texts at once: each step is a common character or a pair, tried in every order.

    The same text may be the value of two locals in one environment and not in the other, so the
    first pair that fits need not be the right one.
    """
    waiting, seen = [(0, 0)], set()
    while waiting:
        at = i, j = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if i == len(one) and j == len(other):
            return True
        if i < len(one) and j < len(other) and one[i] == other[j]:
            waiting.append((i + 1, j + 1))
        waiting.extend(
            (i + len(a), j + len(b))
            for a, b in pairs
            if one.startswith(a, i) and other.startswith(b, j)
        )
    return False

"""Where two values of one attribute are apart, and whether that says anything."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from audit.canonical import same
from audit.finding import ABSENT


def is_echo(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether it is a tag of `tags_all` that changed in `tags` too."""
    first, _, key = path.partition(".")
    one, other = ((side.get("tags") or {}).get(key, ABSENT) for side in (before, after))
    return first == "tags_all" and not same_or_absent(one, other)


def same_or_absent(one: object, other: object) -> bool:
    """Tell whether two values are the same; an absent one only equals an absent one."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return same(one, other)


def deepest(one: object, other: object, path: str) -> Iterator[tuple[str, object, object]]:
    """Yield the differing keys of maps one by one; lists as a whole, for sets have no order."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            old, new = one.get(key, ABSENT), other.get(key, ABSENT)
            if not same_or_absent(old, new):
                yield from deepest(old, new, f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other) == 1:
        yield from deepest(one[0], other[0], f"{path}[0]")
    else:
        yield path, one, other


def is_nothing(value: object) -> bool:
    """Tell whether a value says nothing: to the provider `{}`, null and absent are one.

    False and 0 say something: a protection switched off is no noise.
    """
    if isinstance(value, list | dict):
        items: Collection[object] = value.values() if isinstance(value, dict) else value
        return not items
    return value is ABSENT or value is None or value == ""

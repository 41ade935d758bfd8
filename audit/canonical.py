"""Tells when two JSON values are the same: when their canonical texts are."""

import hashlib
import json


def canonical(value: object) -> str:
    """Return *value* as JSON with sorted keys and no spaces; 1, 1.0, "1" and true stay distinct."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of *value*'s canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def same(one: object, other: object) -> bool:
    """Tell whether two JSON values are the same, types included."""
    if isinstance(one, str) or isinstance(other, str):
        return isinstance(one, str) and isinstance(other, str) and one == other
    return canonical(one) == canonical(other)

"""Patterns compared: against Python's own matching, on texts made of few characters."""

import fnmatch
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.iam.wildcard import covers, is_everything, is_open, overlaps

PATTERNS = st.text(alphabet="ab*?", max_size=5)
TEXTS = ["".join(text) for size in range(6) for text in itertools.product("abc", repeat=size)]


def matched(pattern: str) -> set[str]:
    """Return the short texts that *pattern* matches."""
    expression = re.compile(fnmatch.translate(pattern))
    return {text for text in TEXTS if expression.fullmatch(text)}


@given(PATTERNS, PATTERNS)
def test_covers(wide: str, narrow: str) -> None:
    """A pattern covers another where it matches all that the other matches."""
    if covers(wide, narrow):
        assert matched(narrow) <= matched(wide)
    elif len(narrow) < 5:
        assert not matched(narrow) <= matched(wide) or len(wide) > 4


@given(PATTERNS, PATTERNS)
def test_overlaps(one: str, other: str) -> None:
    """Two patterns overlap where some text is matched by both."""
    if matched(one) & matched(other):
        assert overlaps(one, other)
        assert overlaps(other, one)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("a*", "*b", True),
        ("a*", "b*", False),
        ("payment-*-dev", "payment-*-prod", False),
        ("payment-*", "payment-*-prod", True),
        ("a?", "a", False),
        ("${aws_x.y.arn}/*", "${aws_x.y.arn}/a", True),
        ("${aws_x.y.arn}", "${aws_x.z.arn}", False),
    ],
)
def test_examples(one: str, other: str, *, both: bool) -> None:
    """Examples with names of ours, and with expressions, which are equal to themselves alone."""
    assert overlaps(one, other) is both


def test_everything() -> None:
    """There are many ways to write `*`, and a policy variable leaves as much open."""
    assert all(map(is_everything, ("*", "**", "?*", "*?*")))
    assert not any(map(is_everything, ("?", "", "a*", "*a")))
    assert is_open("a/$${aws:username}")
    assert not is_open("a/$${*}b")
    assert not is_open("${aws_x.y.arn}")

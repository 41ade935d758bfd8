"""Which objects a lifecycle rule is about, in either spelling of the provider."""

from typing import Any

import pytest

from audit.relation.lifecycle import LifecycleRule
from audit.synthesized import Resource

BUCKET = Resource(type="aws_s3_bucket", name="b", config={})


def rule(**said: Any) -> LifecycleRule:
    """Return a rule that says *said*."""
    return LifecycleRule.of(BUCKET, "rule", said)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"prefix": "in/"},
        {"filter": [{"prefix": "in/"}]},
        {"filter": {"and": [{"prefix": "in/", "tags": {"kind": "note"}}]}},
        {"filter": [{"tag": {"key": "kind", "value": "note"}}]},
        {"filter": [{"object_size_greater_than": 4}]},
        {"filter": [{"object_size_less_than": 6}]},
        {"filter": [{"prefix": "${var.prefix}"}]},
    ],
)
def test_about(said: dict[str, Any]) -> None:
    """An object of five bytes is matched by prefix, tag and size, and by what nobody can tell."""
    assert rule(**said).is_about("in/note", {"kind": "note"}, 5)


@pytest.mark.parametrize(
    "said",
    [
        {"prefix": "out/"},
        {"filter": [{"prefix": "out/"}]},
        {"filter": {"and": [{"prefix": "in/", "tags": {"kind": "other"}}]}},
        {"filter": [{"tag": {"key": "kind", "value": "other"}}]},
        {"filter": [{"object_size_greater_than": 5}]},
        {"filter": [{"object_size_less_than": 5}]},
    ],
)
def test_not_about(said: dict[str, Any]) -> None:
    """Another prefix, another tag or another size leaves it alone."""
    assert not rule(**said).is_about("in/note", {"kind": "note"}, 5)


def test_unknown_size() -> None:
    """An object whose size is not known may be any size."""
    assert rule(filter=[{"object_size_greater_than": 5}]).is_about("note", {}, None)


def test_meeting() -> None:
    """Two rules meet where one prefix begins with the other."""
    assert rule(prefix="in/").meets(rule())
    assert not rule(prefix="in/").meets(rule(prefix="out/"))

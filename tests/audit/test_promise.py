"""What was synthesized is what the settings say."""

from collections.abc import Callable
from typing import Any

import pytest

from audit.promise import Promised, broken_promises
from tests.audit.sample import Platform

Document = dict[str, Any]


def promised(platform: Platform) -> dict[str, Promised]:
    """Return the promise that the sample keeps."""
    return {
        name: Promised(
            environment=name, locals=dict(stack.locals), backend=dict(stack.backend["s3"])
        )
        for name, stack in platform.stacks.items()
    }


def test_the_sample_keeps_it(platform: Platform) -> None:
    """Locals and backends that are the settings' are no finding."""
    assert list(broken_promises(platform.stacks, promised(platform))) == []


@pytest.mark.parametrize(
    ("spoil", "where", "path"),
    [
        (lambda d: d["locals"].update(logs_retention_days=31), "local.logs_retention_days", ""),
        (lambda d: d["locals"].update(logs_retention_days="30"), "local.logs_retention_days", ""),
        (lambda d: d["locals"].update(logs_retention_days=30.0), "local.logs_retention_days", ""),
        (lambda d: d["locals"].update(more=1), "local.more", ""),
        (lambda d: d["locals"].update(blueprint_digest="x"), "local.blueprint_digest", ""),
        (
            lambda d: d["terraform"]["backend"]["s3"].update(key="x.tfstate"),
            "terraform.backend",
            "s3.key",
        ),
        (
            lambda d: d["terraform"]["backend"]["s3"].pop("encrypt"),
            "terraform.backend",
            "s3.encrypt",
        ),
        (
            lambda d: d["terraform"]["backend"]["s3"].update(profile="x"),
            "terraform.backend",
            "s3.profile",
        ),
        (lambda d: d["terraform"].update(backend={"local": {}}), "terraform.backend", ""),
    ],
)
def test_a_broken_promise(
    platform: Platform, spoil: Callable[[Document], object], where: str, path: str
) -> None:
    """A value that the settings do not say is found, whatever stands in it."""
    said = promised(platform)
    spoil(platform.documents["dev"])
    assert (where, path) in {(f.where, f.path) for f in broken_promises(platform.stacks, said)}


def test_all_environments_alike(platform: Platform) -> None:
    """A local that is changed everywhere is no difference, and no setting either."""
    said = promised(platform)
    for document in platform.documents.values():
        document["locals"]["functions_memory_mebibytes"] = 128
    found = [*broken_promises(platform.stacks, said)]
    assert [finding.where for finding in found] == ["local.functions_memory_mebibytes"] * 3


def test_stacks_that_come_and_go(platform: Platform) -> None:
    """A stack too many and one too few are found by their names."""
    said = promised(platform)
    stacks = dict(platform.stacks)
    stacks["extra"] = stacks.pop("prod")
    assert {f.where for f in broken_promises(stacks, said)} == {"prod", "extra"}


def test_two_stacks_in_one_place(platform: Platform) -> None:
    """Bucket, key and region together are the place of a state; a lock table is no part of it."""
    block = platform.documents["dev"]["terraform"]["backend"]["s3"]
    platform.documents["prod"]["terraform"]["backend"]["s3"] = {**block, "dynamodb_table": "x"}
    found = [f for f in broken_promises(platform.stacks, promised(platform)) if f.path == "s3"]
    assert [set(f.values) for f in found] == [{"dev", "prod"}]

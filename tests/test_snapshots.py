"""What is deployed, reviewed like code: bodies, locals (tests/golden) and addresses.

`pytest tests/test_snapshots.py --snapshot-update` records a change that was meant; a resource that
went away or changed its name needs a `moved` or `removed` block first, for Terraform would destroy
what is deployed.
"""

import re
from collections.abc import Mapping

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from audit.family import families
from audit.synthesized import Stack
from tests.conftest import PLATFORMS, ROOT, Synthesize

RECORDED = ROOT / "tests" / "addresses"
ENVIRONMENTS = ("dev", "staging", "prod")
HASH = re.compile(r"[A-Za-z0-9+/]{43}=|\b[0-9a-f]{64}\b")  # SHA-256, in base64 or in hex.


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return snapshots in tests/golden."""
    return snapshot.use_extension(JSONSnapshotExtension)


def reviewable(value: object) -> object:
    """Return *value* without the hashes of archives, which change with every line of a function."""
    if isinstance(value, Mapping):
        return {key: reviewable(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return HASH.sub("(of the archive)", value)
    return [reviewable(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("platform", PLATFORMS)
def test_bodies(platform: str, synthesize: Synthesize, golden: SnapshotAssertion) -> None:
    """Every body is as it was reviewed; one stack of a family stands for all environments."""
    every = synthesize(platform).stacks
    of_kind = families(every, ENVIRONMENTS)
    bodies = {named(family): stacks["prod"].body for family, stacks in of_kind.items()}
    in_families = {stack.name for stacks in of_kind.values() for stack in stacks.values()}
    bodies |= {name: stack.body for name, stack in every.items() if name not in in_families}
    for name, body in bodies.items():
        assert reviewable(body) == golden(name=f"{name}.body")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_locals(platform: str, synthesize: Synthesize, golden: SnapshotAssertion) -> None:
    """The locals and the backend of each environment are as they were reviewed."""
    for stack in synthesize(platform).stacks.values():
        assert reviewable({"locals": stack.locals, "backend": stack.backend}) == golden(
            name=f"{stack.name}.locals"
        )


@pytest.mark.parametrize("platform", PLATFORMS)
def test_addresses(platform: str, synthesize: Synthesize, request: pytest.FixtureRequest) -> None:
    """No resource is renamed or removed unless a block says what becomes of it."""
    for family, stacks in families(synthesize(platform).stacks, ENVIRONMENTS).items():
        file = RECORDED / f"{named(family)}.txt"
        recorded = file.read_text().split() if file.exists() else []
        assert lost(recorded, stacks["prod"]) == []
        if request.config.option.update_snapshots:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("".join(f"{address}\n" for address in addresses(stacks["prod"])))
        else:
            assert recorded == addresses(stacks["prod"])


def test_a_lost_address_is_found(synthesize: Synthesize) -> None:
    """The check above can fail, and a `moved` block satisfies it."""
    stack = synthesize("payments").stack("prod")
    recorded = ["aws_sqs_queue.gone", *addresses(stack)]
    assert lost(recorded, stack) == ["aws_sqs_queue.gone"]
    moved = {**stack.body, "moved": [{"from": "aws_sqs_queue.gone", "to": "aws_sqs_queue.new"}]}
    told = Stack(name=stack.name, body=moved, locals=stack.locals, backend=stack.backend)
    assert lost(recorded, told) == []


def addresses(stack: Stack) -> list[str]:
    """Return the addresses of all resources, sorted."""
    return sorted(resource.address for resource in stack.resources())


def lost(recorded: list[str], stack: Stack) -> list[str]:
    """Return the recorded addresses that are no more, and of which no block tells."""
    told = {block["from"] for kind in ("moved", "removed") for block in stack.body.get(kind, [])}
    return sorted(set(recorded) - set(addresses(stack)) - told)


def named(family: str) -> str:
    """Return a file name for a family of stacks such as payments-*."""
    return family.replace("-*", "")

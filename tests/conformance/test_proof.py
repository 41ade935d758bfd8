"""No request from one environment reaches another: proved for each pair of every platform."""

import pytest

from audit.proof.prover import prove
from audit.proof.side import sides
from tests.conformance.column import ENVIRONMENTS, Column, requirement

pytest.importorskip("z3")


@requirement("P2")
def test_apart(every: Column) -> None:
    """Between any two environments nothing goes through, in either direction."""
    found = {(one.here, one.there): one for one in prove(sides(every.stacks.values()))}
    assert set(found) == {(a, b) for a in ENVIRONMENTS for b in ENVIRONMENTS if a != b}
    assert [str(one.request) for one in found.values() if one.request] == []
    assert all(one.principals > 1 and one.resources > 10 for one in found.values())

"""A rule can be asked what it wants."""

import pytest

from audit.policy import RULES
from payctl.__main__ import run

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_says_why_and_who_says_so(rule: str, capsys: Output) -> None:
    """Nobody has to read its code."""
    assert run(["policy", "--explain", rule]) == 0
    printed = capsys.readouterr().out
    assert "why" in printed
    assert "https://" in printed


def test_an_unknown_rule_is_answered_with_similar_ones(capsys: Output) -> None:
    """Exit 2, and what could have been meant."""
    assert run(["policy", "--explain", "encription"]) == 2
    assert "encryption" in capsys.readouterr().err

"""Rules are run so that none is forgotten, and findings are suppressed only for a time."""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pytest
from attrs import evolve

from audit.finding import Finding
from audit.policy import RULES
from audit.policy.evaluate import evaluate
from audit.policy.rule import Rule, Violation
from audit.suppression import Suppression
from audit.synthesized import Stack
from tests.audit.sample import Platform

TODAY = dt.date(2026, 11, 21)


def crash(_: Stack) -> Iterator[Violation]:
    """Fail as a rule with a mistake does."""
    raise KeyError("x")


@pytest.fixture
def rule() -> Rule:
    """Return a rule that may be suppressed."""
    return next(rule for rule in RULES if rule.id == "log-retention")


@pytest.fixture
def spoilt(platform: Platform) -> dict[str, Stack]:
    """Return stacks with one finding."""
    for config in platform.everywhere("aws_cloudwatch_log_group"):
        config["retention_in_days"] = 31
    return platform.stacks


def suppression_with(
    expires: dt.date = TODAY, *, changes: Mapping[str, str] = MappingProxyType({})
) -> Suppression:
    """Return a suppression of that finding."""
    words = {
        "where": "aws_cloudwatch_log_group.process_logs",
        "rule": "log-retention",
        "reason": "Tried out until the end of the month.",
        **changes,
    }
    return Suppression(expires=expires, **words)


def found(stacks: dict[str, Stack], rule: Rule, *suppressions: Suppression) -> list[Finding]:
    """Return the findings of one rule."""
    return list(evaluate(stacks, today=TODAY, rules=[rule], suppressions=suppressions))


def test_one_finding_for_all_environments(spoilt: dict[str, Stack], rule: Rule) -> None:
    """What is wrong in the body is one finding that names the environments."""
    [finding] = found(spoilt, rule)
    assert list(finding.values) == ["dev", "staging", "prod"]


def test_crash(platform: Platform, rule: Rule) -> None:
    """A rule that crashes is a finding that names it, and cannot be suppressed."""
    broken = evolve(rule, check=crash)
    suppression = suppression_with(changes={"where": "rule log-retention", "rule": "rule-crashed"})
    findings = found(platform.stacks, broken, suppression)
    assert [f.rule for f in findings] == ["rule-crashed", "suppression"]
    assert "log-retention" in findings[0].where
    assert "KeyError" in findings[0].message


def test_two_owners(platform: Platform) -> None:
    """Two stacks of one account that own what exists once are found, of two accounts not."""
    for document in platform.documents.values():
        document["resource"]["aws_api_gateway_account"] = {"account": {}}
    rule = next(rule for rule in RULES if rule.id == "one-per-account")
    assert found(platform.stacks, rule) == []
    stacks = {**platform.stacks, "again": platform.stacks["dev"]}
    [finding] = found(stacks, rule)
    assert finding.message.endswith("has dev and again")


def test_suppressed(spoilt: dict[str, Stack], rule: Rule) -> None:
    """A suppression counts until its last day."""
    assert found(spoilt, rule, suppression_with()) == []


def test_expired(spoilt: dict[str, Stack], rule: Rule) -> None:
    """After its last day it suppresses nothing, and is a finding itself."""
    findings = found(spoilt, rule, suppression_with(TODAY - dt.timedelta(days=1)))
    assert [f.rule for f in findings] == ["log-retention", "suppression"]


@pytest.mark.parametrize("changes", [{"where": "aws_x.y"}, {"rule": "tags"}])
def test_unused(spoilt: dict[str, Stack], rule: Rule, changes: dict[str, str]) -> None:
    """A suppression that suppresses nothing is a finding."""
    findings = found(spoilt, rule, suppression_with(changes=changes))
    assert [f.rule for f in findings] == ["log-retention", "suppression"]


def test_locked(spoilt: dict[str, Stack], rule: Rule) -> None:
    """A rule without exceptions keeps its finding, and the attempt is one more."""
    findings = found(spoilt, evolve(rule, suppressible=False), suppression_with())
    assert [f.rule for f in findings] == ["log-retention", "suppression"]


def test_reason() -> None:
    """A suppression needs a reason."""
    with pytest.raises(ValueError, match="reason"):
        suppression_with(changes={"reason": ""})

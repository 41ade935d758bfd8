"""Runs the rules over stacks and leaves out what is suppressed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from audit.finding import Finding
from audit.policy import RULES
from audit.policy.rule import Rule, Violation
from audit.suppression import Suppression, apply_suppressions
from audit.synthesized import Stack


def evaluate(
    stacks: Mapping[str, Stack],
    *,
    today: dt.date = dt.date.min,
    suppressions: Iterable[Suppression] = (),
    rules: Iterable[Rule] = RULES,
) -> tuple[Finding, ...]:
    """Return where *stacks*, by name, break *rules*; what several break is one finding.

    *today* is the day on which *suppressions* are looked at.

    A rule that crashes is a finding too: what was not checked is not in order.
    """
    rules = tuple(rules)
    found = [finding for rule in rules for finding in _of_rule(rule, stacks)]
    locked = frozenset(rule.id for rule in rules if not rule.suppressible) | {"rule-crashed"}
    return apply_suppressions(found, suppressions, today=today, locked=locked)


def _of_rule(rule: Rule, stacks: Mapping[str, Stack]) -> Iterator[Finding]:
    found: dict[Violation, dict[str, object]] = {}
    try:
        for name, stack in stacks.items():
            for violation in rule.check(stack):
                found.setdefault(violation, {})[name] = "(found)"
        for violation in rule.check_together(stacks):
            found.setdefault(violation, {})
    except Exception as error:  # noqa: BLE001 - whatever it is, it must be seen and named
        yield Finding(
            rule="rule-crashed",
            where=f"rule {rule.id}",
            message=f"must be able to check every stack, failed: {type(error).__name__}: {error}",
        )
    for violation, values in found.items():
        yield rule.finding(violation, values)

"""Suppresses single findings for a time, with a reason."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from attrs import field, frozen, validators

from audit.finding import Finding


@frozen(kw_only=True)
class Suppression:
    """One rule's finding at one address that does not count until a day.

    Attributes:
        reason: Why it is no problem, in a sentence.

        expires: The last day on which it counts; somebody then looks at it again.
    """

    where: str = field(validator=validators.min_len(1))
    rule: str = field(validator=validators.min_len(1))
    reason: str = field(validator=validators.min_len(10))
    expires: dt.date


def apply_suppressions(
    findings: Iterable[Finding],
    suppressions: Iterable[Suppression],
    *,
    today: dt.date,
    locked: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return *findings* without the suppressed ones, and what is wrong with suppressions.

    Rules in *locked* cannot be suppressed.
    """
    found = tuple(findings)
    suppressions = tuple(suppressions)
    valid = {(s.where, s.rule) for s in suppressions if s.expires >= today and s.rule not in locked}
    kept = [finding for finding in found if (finding.where, finding.rule) not in valid]
    problems = [p for s in suppressions for p in _problems(s, found, today, locked)]
    return (*kept, *problems)


def _problems(
    suppression: Suppression,
    findings: Iterable[Finding],
    today: dt.date,
    locked: Collection[str],
) -> Iterator[Finding]:
    message = ""
    if suppression.rule in locked:
        message = f"must not be suppressed, {suppression.rule} is a rule without exceptions"
    elif suppression.expires < today:
        message = f"must not be past its expiry, {suppression.rule} expired {suppression.expires}"
    elif not any((f.where, f.rule) == (suppression.where, suppression.rule) for f in findings):
        message = f"must suppress something, {suppression.rule} finds nothing here"
    if message:
        yield Finding(
            rule="suppression", where=suppression.where, message=f"a suppression {message}"
        )

"""Until when AWS supports what platforms are built on, and what follows for them today [V3].

Engine versions are pinned and automatic minor upgrades are off, because RDS would upgrade each
environment at another time. Whoever pins must be told in time: a warning from 180 days before the
end of support, a refusal after it unless the platform acknowledges the version with a reason.

Dates are data, each with its source; the day it is comes from outside, so that tests choose it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from model.platform import Platform

WARNING_DAYS: Final = 180
"""How long before the end of support a platform is warned: two quarters to plan an upgrade."""

_LAMBDA: Final = "Lambda runtimes, cfn-lint LmbdRuntimeLifecycle.json, read 2026-06-02"
_POSTGRES: Final = "PostgreSQL on RDS and Aurora, endoflife.date, read 2026-08-22"
_MINORS: Final = "RDS for PostgreSQL, creation blocked since 2026-05-01, read 2026-11-21"

_AMAZON_LINUX: Final = "Amazon Linux 2023, which the image is built of, read 2026-11-25"

BUILD_IMAGE: Final = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
"""What projects of CodeBuild run on."""

_IMAGES: Final = {BUILD_IMAGE: date(2029, 6, 30)}
_RUNTIMES: Final = {
    "python3.9": date(2025, 12, 15),
    "python3.10": date(2026, 10, 31),
    "python3.11": date(2027, 6, 30),
    "python3.12": date(2028, 10, 31),
    "python3.13": date(2029, 6, 30),
    "python3.14": date(2029, 6, 30),
}
_MAJORS: Final = {
    13: date(2026, 2, 28),
    14: date(2027, 2, 28),
    15: date(2028, 2, 29),
    16: date(2029, 2, 28),
    17: date(2030, 2, 28),
    18: date(2031, 2, 28),
}
_ENDED_MINORS: Final = {14: (14, 17), 15: (9, 12), 16: (5, 8), 17: (1, 4)}
"""The first and the last minor version of a major one that ended on the day below."""

_MINORS_ENDED: Final = date(2026, 5, 31)


@frozen(kw_only=True)
class Support:
    """Until when something is supported.

    Attributes:
        what: Its name, as in an acknowledgement, such as "python3.9" or "postgres 13".

        ends: The last day; None when we do not know of it at all.

        source: Where the day comes from.
    """

    what: str
    ends: date | None
    source: str


@frozen(kw_only=True)
class Verdict:
    """What support means for a platform: an error, or a warning."""

    message: str
    is_error: bool


def supports(platform: Platform) -> Iterator[Support]:
    """Yield the support of every runtime, engine and image that *platform* uses."""
    runtime = platform.runtime.identifier
    if platform.functions:
        yield Support(what=runtime, ends=_RUNTIMES.get(runtime), source=_LAMBDA)
    if platform.database:
        kind = platform.database.kind.value
        major, minor = (int(part) for part in platform.database.engine_version.split("."))
        yield Support(what=f"{kind} {major}", ends=_MAJORS.get(major), source=_POSTGRES)
        first, last = _ENDED_MINORS.get(major, (1, 0))
        if not platform.database.is_cluster and first <= minor <= last:
            yield Support(what=f"{kind} {major}.{minor}", ends=_MINORS_ENDED, source=_MINORS)
    if platform.governance or platform.pipeline:
        yield Support(what=BUILD_IMAGE, ends=_IMAGES[BUILD_IMAGE], source=_AMAZON_LINUX)


def judge(platform: Platform, today: date) -> Iterator[Verdict]:
    """Yield what is past its end of support, or will be soon, unless it is acknowledged."""
    reasons = {one.what: one.reason for one in platform.acknowledged}
    used = list(supports(platform))
    for support in used:
        verdict = _verdict(support, today, reasons.get(support.what))
        if verdict:
            yield verdict
    for what in sorted(reasons.keys() - {support.what for support in used}):
        yield Verdict(
            message=f"acknowledged must name what is in use, {what!r} is not", is_error=True
        )


def _verdict(support: Support, today: date, reason: str | None) -> Verdict | None:
    if support.ends is None:
        return Verdict(
            message=f"{support.what} should be in model/lifecycle.py, which has no date for it",
            is_error=False,
        )
    days = (support.ends - today).days
    if days > WARNING_DAYS:
        return None
    if days >= 0:
        return Verdict(
            message=f"{support.what} should be replaced, its support ends on {support.ends} "
            f"in {days} days ({support.source})",
            is_error=False,
        )
    if reason is None:
        return Verdict(
            message=f"{support.what} must be supported or acknowledged with a reason, its support "
            f"ended on {support.ends} ({support.source})",
            is_error=True,
        )
    return Verdict(
        message=f"{support.what} is kept although its support ended on {support.ends}: {reason}",
        is_error=False,
    )

"""Who hears what: which alarms exist, from which value on they ring, and whom they tell."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from model import order
from model.constraint import every, flag, text, whole
from model.order import Order
from model.parts import AlarmKind
from model.variation import Kind, section, variation


def _threshold(kind: AlarmKind, at_most: int, unit: str, stronger: Order = order.LESS) -> int:
    return variation(  # type: ignore[no-any-return]  # as attrs' own field()
        Kind.THRESHOLD,
        whole(1, at_most, unit),
        stronger,
        unit=unit,
        when=lambda platform: kind in platform.alarms,
        drives=("aws_cloudwatch_metric_alarm.threshold", "aws_cloudwatch_dashboard.dashboard_body"),
        reason="What is normal depends on the load of the environment.",
    )


@frozen(kw_only=True)
class RecipientSettings:
    """Who is told; a chat or a pager has an address of one of the two kinds.

    An address must hold no secret: whoever sees the code or the state reads it.
    """

    emails: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(text(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", "an e-mail address")),
        order.NONE,
        decides=("aws_sns_topic_subscription.count",),
        reason="Who is on call is not the same everywhere.",
    )
    https_urls: tuple[str, ...] = variation(
        Kind.IDENTITY,
        every(text(r"https://[\w.-]+(:\d+)?(/[\w./-]*)?", "an https:// address")),
        order.NONE,
        decides=("aws_sns_topic_subscription.count",),
        reason="Who is on call is not the same everywhere.",
    )


@frozen(kw_only=True)
class AlarmSettings:
    """Whether alarms exist, who hears them, and from which value on they ring.

    Counts are per five minutes.
    """

    recipients: RecipientSettings = section(RecipientSettings)
    enabled: bool = variation(
        Kind.COST,
        flag(),
        order.ON,
        when=lambda platform: platform.alarms,
        decides=("aws_cloudwatch_metric_alarm.count",),
        reason="Nobody is on call for an environment without users.",
    )
    lambda_errors_count: int = _threshold(AlarmKind.LAMBDA_ERRORS, 10_000, "errors")
    lambda_throttles_count: int = _threshold(AlarmKind.LAMBDA_THROTTLES, 10_000, "throttles")
    lambda_duration_percent: int = _threshold(
        AlarmKind.LAMBDA_DURATION, 100, "percent of the timeout"
    )
    table_throttles_count: int = _threshold(AlarmKind.TABLE_THROTTLES, 100_000, "throttles")
    api_4xx_percent: int = _threshold(AlarmKind.API_4XX, 100, "percent of requests")
    api_5xx_percent: int = _threshold(AlarmKind.API_5XX, 100, "percent of requests")
    dead_letters_count: int = _threshold(AlarmKind.DEAD_LETTERS, 10_000, "messages")
    queue_age_minutes: int = _threshold(AlarmKind.QUEUE_AGE, 1_440, "minutes")
    database_cpu_percent: int = _threshold(AlarmKind.DATABASE_CPU, 100, "percent")
    database_free_gibibytes: int = _threshold(AlarmKind.DATABASE_STORAGE, 10_000, "GiB", order.MORE)


def recipient_problems(
    alarms: AlarmSettings, *, drift_is_checked: bool
) -> Iterator[tuple[str, str]]:
    """Yield that nobody is told, where there is something to tell."""
    told, rings = alarms.recipients, alarms.enabled is True
    if (rings or drift_is_checked) and not (told.emails or told.https_urls):
        why = "alarms are enabled" if rings else "drift is checked"
        yield "alarms.recipients", f"must name somebody ({why}), names nobody"

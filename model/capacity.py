"""What must hold between numbers that depend on each other, within one environment."""

from __future__ import annotations

from collections.abc import Iterator

from model.constraint import is_whole
from model.platform import Platform
from model.quota import UNRESERVED_EXECUTIONS
from model.settings import BillingMode, Settings

Found = Iterator[tuple[str, str]]
"""The path to blame, what must hold and why."""


def capacity_problems(settings: Settings, platform: Platform, *, is_copy: bool) -> Found:
    """Yield numbers of *settings* that contradict each other or an account's quotas.

    A copy (*is_copy*) is in the account of the real thing, and takes as much again.
    """
    yield from _units(settings)
    yield from _rates(settings)
    yield from _retentions(settings, platform)
    yield from _executions(settings, platform, times=2 if is_copy else 1)
    yield from _addresses(settings, times=2 if is_copy else 1)


def _units(settings: Settings) -> Found:
    tables = settings.tables
    for unit in ("read_capacity_units", "write_capacity_units"):
        units = getattr(tables, unit)
        if not isinstance(tables.billing_mode, BillingMode) or not is_whole(units):
            continue
        on_demand = tables.billing_mode is BillingMode.PAY_PER_REQUEST
        if on_demand and units != 0:
            yield f"tables.{unit}", f"must be 0 when billing is per request, got {units}"
        if not on_demand and units < 1:
            yield f"tables.{unit}", f"must be 1 or more when provisioned, got {units}"


def _rates(settings: Settings) -> Found:
    rate, burst = settings.api.rate_limit_per_second, settings.api.burst_limit
    if is_whole(rate) and is_whole(burst) and burst < rate:
        yield "api.burst_limit", f"must be the rate limit or more ({rate}), got {burst}"


def _retentions(settings: Settings, platform: Platform) -> Found:
    days = settings.queue.dead_letter_retention_days
    if platform.queue and is_whole(days) and days <= platform.queue.dead_letter_days:
        message = (
            f"must be more than {platform.queue.dead_letter_days} "
            f"(platform.queue.dead_letter_days), got {days}"
        )
        yield "queue.dead_letter_retention_days", message


def _executions(settings: Settings, platform: Platform, *, times: int) -> Found:
    """Yield what all functions together reserve beyond what the account lets them."""
    functions, quota = settings.functions, settings.account.concurrent_executions
    each = [
        functions.background_concurrency if one.background else functions.reserved_concurrency
        for one in platform.functions
    ]
    if not (is_whole(quota) and all(is_whole(one) for one in each)):
        return
    taken, most = sum(each) * times, quota - UNRESERVED_EXECUTIONS
    if taken > most:
        message = (
            f"must leave {UNRESERVED_EXECUTIONS} of {quota} (account.concurrent_executions) "
            f"unreserved: {' + '.join(map(str, each))}{' twice, for the copy too,' * (times - 1)} "
            f"is {taken}, more than {most}"
        )
        yield "functions.reserved_concurrency", message


def _addresses(settings: Settings, *, times: int) -> Found:
    gateways, quota = settings.network.nat_gateway_count, settings.account.elastic_ips
    if is_whole(gateways) and is_whole(quota) and gateways * times > quota:
        message = (
            f"must be {quota // times} or less: each has an address, {gateways * times} are more "
            f"than {quota} (account.elastic_ips){', the copy included' * (times - 1)}"
        )
        yield "network.nat_gateway_count", message

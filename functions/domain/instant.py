"""How a moment is written: UTC with microseconds, so that text sorts as time does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Final

Clock = Callable[[], datetime]
"""Tells the time as an aware UTC datetime."""

_FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(timezone.utc)


def format_instant(moment: datetime) -> str:
    """Return *moment*, which must be aware, in the form 2026-11-21T04:50:30.000000Z."""
    return moment.astimezone(timezone.utc).strftime(_FORMAT)


def parse_instant(text: str) -> datetime:
    """Return the moment that format_instant wrote as *text*."""
    return datetime.strptime(text, _FORMAT).replace(tzinfo=timezone.utc)

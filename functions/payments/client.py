"""AWS clients: one of each kind per Lambda environment, with timeouts that fit an invocation."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import boto3
from botocore.config import Config

_CONFIG: Final = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 4}
)


@cache
def client(service: str) -> Any:
    """Return the client of *service*; the same one every time."""
    return boto3.client(service, config=_CONFIG)

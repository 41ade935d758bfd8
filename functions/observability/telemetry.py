"""The logger and the metrics that every function uses."""

from __future__ import annotations

import os
from typing import Final

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

# Bodies and events are never logged: they may hold what must not be kept.
logger: Final = Logger(environment=os.environ.get("ENVIRONMENT", "unknown"))
metrics: Final = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "Payments"))

CARD_NUMBERS_REFUSED: Final = "CardNumbersRefused"
"""Counts requests, lines and messages refused for a card number: a caller's system leaks them."""

OLDEST_UNFINISHED: Final = "OldestUnfinishedSeconds"
"""The age of the oldest payment due in a run of the relay; each is due once in 15 minutes."""


def count_card_number() -> None:
    """Count one more refusal of a card number."""
    metrics.add_metric(name=CARD_NUMBERS_REFUSED, unit=MetricUnit.Count, value=1)

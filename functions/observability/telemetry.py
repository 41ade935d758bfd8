"""The logger, the metrics and the tracer that every function uses."""

from __future__ import annotations

import os
from typing import Final

from aws_lambda_powertools import Logger, Metrics, Tracer

# Bodies and events are never logged: they may hold what must not be kept.
logger: Final = Logger(environment=os.environ.get("ENVIRONMENT", "unknown"))
metrics: Final = Metrics(namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "Payments"))
tracer: Final = Tracer()

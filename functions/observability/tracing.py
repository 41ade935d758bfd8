"""The tracer of functions that call others: it records each call, and half a second of imports."""

from __future__ import annotations

from typing import Final

from aws_lambda_powertools import Tracer

tracer: Final = Tracer()

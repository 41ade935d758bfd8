"""Remembers what `main.py` wrote and found, and for which inputs, so that nothing is done twice."""

from last_synthesis.inputs import key
from last_synthesis.record import Record

__all__ = ["Record", "key"]

"""What the deployment is told after a migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from functions.database.migrate import Migration


def summary(known: Sequence[Migration], run: Sequence[str]) -> dict[str, Any]:
    """Return the schema's version, the name of the last migration, and what was run this time."""
    return {"schema_version": known[-1].name, "run": list(run)}

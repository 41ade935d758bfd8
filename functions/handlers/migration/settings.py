"""What the migration function is told."""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import frozen

from functions.configuration.database_settings import DatabaseSettings
from functions.configuration.variable import optional_variable, section, variable

_ROLE: Final = re.compile(r"[a-z0-9-]{1,63}")


def _read_roles(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not all(map(_ROLE.fullmatch, names)):
        raise ValueError
    return names


def _roles(name: str) -> Any:
    rule = "be roles of small letters, digits and dashes, separated by commas"
    return optional_variable(name, read=_read_roles, must=rule, default=())


@frozen(kw_only=True)
class MigrationSettings:
    """Which database to bring up to date.

    Attributes:
        environment: Where it runs, for the logs.

        database: The database, and its owner.

        writers: The roles of functions that accept and carry out payments, separated by commas.

        readers: The roles of functions that only look.

    """

    environment: str = variable("ENVIRONMENT")
    database: DatabaseSettings = section(DatabaseSettings)
    writers: tuple[str, ...] = _roles("DATABASE_WRITERS")
    readers: tuple[str, ...] = _roles("DATABASE_READERS")

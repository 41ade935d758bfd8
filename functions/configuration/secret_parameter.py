"""Secrets from Parameter Store, read at run time and cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from aws_lambda_powertools.utilities import parameters

_MAXIMUM_AGE_SECONDS: Final = 300


def secret(name: str) -> Callable[[bool], str]:
    """Return a function that reads the SecureString *name*; True makes it ignore its cache."""

    def read(again: bool) -> str:
        return str(
            parameters.get_parameter(
                name, decrypt=True, max_age=_MAXIMUM_AGE_SECONDS, force_fetch=again
            )
        )

    return read

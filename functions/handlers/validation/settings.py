"""What the validation function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.variable import variable


@frozen(kw_only=True)
class ValidationSettings:
    """Validation needs no other part of the platform.

    Attributes:
        environment: Where it runs, for the logs.

    """

    environment: str = variable("ENVIRONMENT")

"""What the status function is told."""

from __future__ import annotations

from attrs import frozen

from functions.configuration.variable import section, variable
from functions.payments.store_settings import StoreSettings


@frozen(kw_only=True)
class StatusSettings:
    """Where to look transactions up.

    Attributes:
        environment: Where it runs, for the logs.

        store: Where transactions are kept.

    """

    environment: str = variable("ENVIRONMENT")
    store: StoreSettings = section(StoreSettings)

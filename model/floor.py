"""What the last environment of a platform must have at least [I8]."""

from __future__ import annotations

from typing import Final

from attrs import frozen


@frozen(kw_only=True)
class Floor:
    """The weakest value that a setting may have in the last environment.

    Attributes:
        setting: The dotted path of the setting; it counts where the platform has the setting.

        at_least: The weakest value.
    """

    setting: str
    at_least: bool | int | str


FLOORS: Final = (
    Floor(setting="identity.confirmation_required", at_least=True),
    Floor(setting="identity.data_classification", at_least="confidential"),
    Floor(setting="tables.point_in_time_recovery", at_least=True),
    Floor(setting="database.backup_retention_days", at_least=7),
    Floor(setting="logs.retention_days", at_least=90),
    Floor(setting="alarms.enabled", at_least=True),
)
"""What every platform keeps; it may add floors, and raise these."""

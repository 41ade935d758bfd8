"""What the two kinds of PostgreSQL have in common, and what each hands back."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen
from cdktf import ITerraformDependable

from constructs_lib.identity.role import Role
from constructs_lib.site import Site
from model.parts import DatabaseSpec

PORT: Final = 5432
DATABASE_NAME: Final = "payments"
DATABASE_USER: Final = "payments"
BACKUP_WINDOW: Final = "02:00-03:00"
MAINTENANCE_WINDOW: Final = "sun:03:30-sun:04:30"
NO_EXTENDED_SUPPORT: Final = "open-source-rds-extended-support-disabled"
"""AWS charges for extended support unless it is refused when the database is made [V3]."""

MONITORING_SECONDS: Final = 60
INSIGHTS_DAYS: Final = 7
"""Performance Insights keeps seven days for nothing."""
INSIGHTS_MODE: Final = "standard"

CERTIFICATE_AUTHORITY: Final = "rds-ca-rsa2048-g1"
"""Which authority signs its certificate; left out, the account's default of the day decides."""
NETWORK_TYPE: Final = "IPV4"

SLOW_MILLISECONDS: Final = 1000
PARAMETERS: Final = {
    "rds.force_ssl": ("1", "pending-reboot"),
    "log_statement": ("ddl", "immediate"),
    "log_min_duration_statement": (str(SLOW_MILLISECONDS), "immediate"),
    "log_parameter_max_length": ("0", "immediate"),
    "log_parameter_max_length_on_error": ("0", "immediate"),
}
"""Each parameter's value, and when a change of it takes effect: nobody reboots for a log.

TLS only; changes of the schema and slow statements are logged, but no value in them: what
a statement is given may be a payment."""


@frozen(kw_only=True, eq=False)
class DatabasePlan:
    """Everything a database is made of, whichever kind it is.

    Attributes:
        storage_key_arn: What its storage is encrypted with, None for AWS's own key.

        password: A reference for write-only arguments.

        password_version: What changes with it.

        monitor: The role that Enhanced Monitoring takes.
    """

    site: Site
    spec: DatabaseSpec
    storage_key_arn: str | None
    subnet_group: str
    security_group_id: str
    password: str
    password_version: float
    monitor: Role

    @property
    def family(self) -> str:
        """The parameter group family, such as `postgres17`."""
        return f"{self.spec.kind.value}{self.spec.engine_version.partition('.')[0]}"


@frozen(kw_only=True, eq=False)
class MadeDatabase:
    """What a kind of database hands back; see `Database`."""

    endpoint: str
    resource_id: str
    dimensions: dict[str, str]
    storage_metric: str
    ready: Sequence[ITerraformDependable]

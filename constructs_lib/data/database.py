"""The PostgreSQL database, whichever kind of RDS it is: one interface for both [R1]."""

from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.db_subnet_group import DbSubnetGroup
from constructs import Construct

from constructs_lib.data.database_cluster import database_cluster
from constructs_lib.data.database_instance import database_instance
from constructs_lib.data.database_plan import DATABASE_NAME, DATABASE_USER, PORT, DatabasePlan
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.identity.policy import Statement
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.observability.monitoring_role import monitoring_role
from constructs_lib.site import Site
from model.names import DATABASE_PASSWORD
from model.parts import DatabaseSpec


@frozen(kw_only=True, eq=False)
class Database:
    """An encrypted PostgreSQL in private subnets; how large and how safe varies [R2].

    Attributes:
        endpoint: The host that writes go to [R5].

        dimensions: What tells its metrics from those of others.

        storage_metric: The name of the metric of free storage, in bytes.

        ready: What must exist before anybody can connect.
    """

    spec: DatabaseSpec
    endpoint: str
    dimensions: dict[str, str]
    storage_metric: str
    password: GeneratedSecret
    group: SecurityGroup
    ready: Sequence[ITerraformDependable]

    @classmethod
    def of_platform(cls, scope: Construct, id_: str, *, site: Site) -> Self | None:
        """Create the database of the platform, where it has one."""
        spec = site.platform.database
        return cls.create(scope, id_, site=site, spec=spec) if spec else None

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, spec: DatabaseSpec) -> Self:
        """Create the database; its password is made by AWS and known to nobody else [R3]."""
        node = Construct(scope, id_)
        group = SecurityGroup.create(node, "group", site=site, kind="database")
        password = GeneratedSecret.create(
            node,
            "password",
            site=site,
            path=DATABASE_PASSWORD,
            rotation=spec.password_rotation,
        )
        plan = DatabasePlan(
            site=site,
            spec=spec,
            storage_key_arn=None if spec.aws_managed_key else site.key.arn,
            subnet_group=DbSubnetGroup(
                node,
                "subnets",
                name=site.name("database"),
                description="Private subnets",
                subnet_ids=site.network.private_subnet_ids,
                tags=site.tags,
            ).name,
            security_group_id=group.id,
            password=password.read_back(),
            password_version=password.version,
            monitor=monitoring_role(node, "monitor", site=site),
        )
        made = (database_cluster if spec.is_cluster else database_instance)(node, plan)
        return cls(
            spec=spec,
            endpoint=made.endpoint,
            dimensions=made.dimensions,
            storage_metric=made.storage_metric,
            password=password,
            group=group,
            ready=made.ready,
        )

    @property
    def outputs(self) -> dict[str, str]:
        """Its address, by the name of its output [R5]."""
        return {"database_endpoint": self.endpoint}

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables that tell a function where it is; no secret [F4]."""
        return {
            "DATABASE_HOST": self.endpoint,
            "DATABASE_PORT": str(PORT),
            "DATABASE_NAME": DATABASE_NAME,
            "DATABASE_USER": DATABASE_USER,
            "DATABASE_PASSWORD_PARAMETER": self.password.parameter_name,
        }

    def connect(self) -> Statement:
        """Return the permission that logging in needs: to read the password."""
        return self.password.read()

    def accepts(self, caller: SecurityGroup) -> None:
        """Let *caller* connect, and nobody else."""
        self.group.accepts(caller=caller, port=PORT)

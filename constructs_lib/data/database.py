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
from constructs_lib.data.engine_check import engine_check
from constructs_lib.data.secret import GeneratedSecret
from constructs_lib.identity.policy import Statement
from constructs_lib.network.security_group import SecurityGroup
from constructs_lib.observability.monitoring_role import monitoring_role
from constructs_lib.site import Site
from model.names import DATABASE_PASSWORD
from model.parts import DatabaseSpec, FunctionSpec


@frozen(kw_only=True, eq=False)
class Database:
    """An encrypted PostgreSQL in private subnets; how large and how safe varies [R2].

    Attributes:
        endpoint: The host that writes go to [R5].

        resource_id: What IAM calls it.

        dimensions: What tells its metrics from those of others.

        storage_metric: The name of the metric of free storage, in bytes.

        ready: What must exist before anybody can connect.
    """

    site: Site
    spec: DatabaseSpec
    endpoint: str
    resource_id: str
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
        engine_check(site, spec)
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
            site=site,
            spec=spec,
            endpoint=made.endpoint,
            resource_id=made.resource_id,
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

    def variables(self, spec: FunctionSpec) -> dict[str, str]:
        """Return what tells the function *spec* where it is, and who it is there; no secret [F4].

        The function that migrates is the owner and has the password. It makes a role for each
        of the others, which log in as their IAM identity and own nothing.
        """
        where = {
            "DATABASE_HOST": self.endpoint,
            "DATABASE_PORT": str(PORT),
            "DATABASE_NAME": DATABASE_NAME,
        }
        if not spec.runs_on_deploy:
            return {**where, "DATABASE_USER": self.site.name(spec.name)}
        roles = {
            "DATABASE_WRITERS": self._roles(moves_money=True),
            "DATABASE_READERS": self._roles(moves_money=False),
        }
        return {
            **where,
            "DATABASE_USER": DATABASE_USER,
            "DATABASE_PASSWORD_PARAMETER": self.password.parameter_name,
            **{name: text for name, text in roles.items() if text},
        }

    def connect(self, spec: FunctionSpec) -> Statement:
        """Return the permission to log in: for the owner to read the password, or else by IAM."""
        if spec.runs_on_deploy:
            return self.password.read()
        user = f"dbuser:{self.resource_id}/{self.site.name(spec.name)}"
        return Statement(
            sid="LogInToDatabase",
            actions=["rds-db:connect"],
            resources=[self.site.arn("rds-db", user)],
        )

    def _roles(self, *, moves_money: bool) -> str:
        return ",".join(
            self.site.name(spec.name)
            for spec in self.site.platform.functions
            if spec.uses_database and not spec.runs_on_deploy and spec.moves_money is moves_money
        )

    def accepts(self, caller: SecurityGroup) -> None:
        """Let *caller* connect, and nobody else."""
        self.group.accepts(caller=caller, port=PORT)

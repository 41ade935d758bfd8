"""A DynamoDB table."""

from typing import Self, cast

from attrs import frozen
from cdktf import Fn, Op, Token
from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTableGlobalSecondaryIndex,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableServerSideEncryption,
    DynamodbTableTtl,
)
from constructs import Construct

from constructs_lib.identity.policy import Statement
from constructs_lib.site import Site
from model.parts import TableSpec
from model.settings import BillingMode


@frozen(kw_only=True, eq=False)
class Table:
    """A table whose schema is the same everywhere; billing and recovery vary [D1–D3]."""

    spec: TableSpec
    name: str
    arn: str

    @classmethod
    def of_platform(cls, scope: Construct, *, site: Site) -> dict[str, Self]:
        """Create the tables of the platform; return them by their names."""
        return {
            spec.name: cls.create(scope, f"{spec.name}_table", site=site, spec=spec)
            for spec in site.platform.tables
        }

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site, spec: TableSpec) -> Self:
        """Create the table."""
        node = Construct(scope, id_)
        settings = site.environment.tables
        read = _when_provisioned(site, settings.read_capacity_units)
        write = _when_provisioned(site, settings.write_capacity_units)
        table = DynamodbTable(
            node,
            "table",
            name=site.name(spec.name),
            billing_mode=cast("str", settings.billing_mode),  # A token, or what the platform fixes.
            read_capacity=read,
            write_capacity=write,
            hash_key=spec.partition_key,
            range_key=spec.sort_key or None,
            attribute=[DynamodbTableAttribute(name=name, type="S") for name in _keys(spec)],
            global_secondary_index=[
                DynamodbTableGlobalSecondaryIndex(
                    name=index.name,
                    hash_key=index.partition_key,
                    range_key=index.sort_key,
                    projection_type="KEYS_ONLY",
                    read_capacity=read,
                    write_capacity=write,
                )
                for index in spec.indexes
            ],
            ttl=DynamodbTableTtl(attribute_name=spec.expiry_attribute, enabled=True)
            if spec.expiry_attribute
            else None,
            point_in_time_recovery=DynamodbTablePointInTimeRecovery(
                enabled=settings.point_in_time_recovery
            ),
            server_side_encryption=DynamodbTableServerSideEncryption(
                enabled=True, kms_key_arn=site.key.arn
            ),
            stream_enabled=False,
            table_class="STANDARD",
            deletion_protection_enabled=False,
            tags=site.tags,
        )
        return cls(spec=spec, name=table.name, arn=table.arn)

    @property
    def variable(self) -> tuple[str, str]:
        """The environment variable that tells a function its name."""
        return f"{self.spec.name.upper()}_TABLE", self.name

    def read(self) -> Statement:
        """Return the permission to read single items and indexes; scans are not needed."""
        return Statement(
            sid=f"Read{self.spec.name.title()}",
            actions=["dynamodb:GetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"],
            resources=[self.arn, *(f"{self.arn}/index/{i.name}" for i in self.spec.indexes)],
        )

    def write(self) -> Statement:
        """Return the permission to write single items; what expires may be deleted."""
        delete = ["dynamodb:DeleteItem"] if self.spec.expiry_attribute else []
        return Statement(
            sid=f"Write{self.spec.name.title()}",
            actions=["dynamodb:PutItem", "dynamodb:UpdateItem", *delete],
            resources=[self.arn],
        )

    def append(self) -> Statement:
        """Return the permission to add items; functions put each on condition that it is new."""
        return Statement(
            sid=f"Append{self.spec.name.title()}",
            actions=["dynamodb:PutItem"],
            resources=[self.arn],
        )


def _when_provisioned(site: Site, units: int) -> float:
    """Return *units*, or nothing where the table is paid for by request [D2]."""
    provisioned = Op.eq(site.environment.tables.billing_mode, BillingMode.PROVISIONED.value)
    return Token.as_number(Fn.conditional(provisioned, units, Token.null_value()))


def _keys(spec: TableSpec) -> list[str]:
    keys = [spec.partition_key, spec.sort_key]
    for index in spec.indexes:
        keys += [index.partition_key, index.sort_key]
    return [key for key in dict.fromkeys(keys) if key]

"""The approved variations: every setting in which environments may differ, and why.

Nothing else can be set per environment. Numbers carry their unit in the name; the range and
the reason stand at the declaration, and every table and document is generated from here.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from model import order
from model.alarm_settings import AlarmSettings
from model.aws import LOG_RETENTION_DAYS
from model.constraint import every, flag, member, one_of, private_cidr, text, whole
from model.function_settings import FunctionSettings
from model.parts import LifecycleRule
from model.quota import AccountSettings
from model.variation import Kind, section, variation


class BillingMode(Enum):
    """How a DynamoDB table is paid for."""

    PROVISIONED = "PROVISIONED"
    PAY_PER_REQUEST = "PAY_PER_REQUEST"


@frozen(kw_only=True)
class NetworkSettings:
    """Where the network lies and how much of it may fail."""

    cidr: str = variation(
        Kind.IDENTITY,
        private_cidr(16, 20),
        order.NONE,
        decides=("output.vpc_cidr.precondition.condition",),
        reason="Networks that could be peered one day must not overlap.",
    )
    availability_zone_ids: tuple[str, ...] = variation(
        Kind.REGIONAL,
        every(text(r"[a-z]{2,4}\d-az\d", "the id of an availability zone"), at_least=2),
        order.NONE,
        reason="Zones are those of the region; their ids mean the same in every account.",
    )
    nat_gateway_count: int = variation(
        Kind.RESILIENCE,
        whole(1, 3),
        order.MORE,
        decides=("aws_eip.count", "aws_nat_gateway.count"),
        reason="One per zone survives the loss of a zone; one in all costs a third.",
    )


@frozen(kw_only=True)
class TableSettings:
    """How DynamoDB tables are paid for and protected."""

    billing_mode: BillingMode = variation(
        Kind.COST,
        member(BillingMode),
        order.NONE,
        drives=("aws_dynamodb_table.billing_mode",),
        decides=("aws_dynamodb_table.*read_capacity", "aws_dynamodb_table.*write_capacity"),
        reason="Steady load is cheaper provisioned, rare load is cheaper on demand.",
    )
    read_capacity_units: int = variation(
        Kind.CAPACITY,
        whole(0, 40_000),
        order.UNITS,
        drives=("aws_dynamodb_table.*read_capacity",),
        reason="Reads per second follow the load of the environment; 0 when on demand.",
    )
    write_capacity_units: int = variation(
        Kind.CAPACITY,
        whole(0, 40_000),
        order.UNITS,
        drives=("aws_dynamodb_table.*write_capacity",),
        reason="Writes per second follow the load of the environment; 0 when on demand.",
    )
    point_in_time_recovery: bool = variation(
        Kind.RESILIENCE,
        flag(),
        order.ON,
        drives=("aws_dynamodb_table.point_in_time_recovery.enabled",),
        reason="Test data can be made again, payments cannot.",
    )


@frozen(kw_only=True)
class DatabaseSettings:
    """How large the PostgreSQL database is and how it survives."""

    instance_class: str = variation(
        Kind.CAPACITY,
        text(r"db\.[a-z0-9]+\.[a-z0-9]+", "an RDS instance class such as db.t3.medium"),
        order.SIZE,
        drives=("aws_db_instance.instance_class", "aws_rds_cluster_instance.instance_class"),
        reason="The instance is sized for the load of the environment.",
    )
    instance_count: int = variation(
        Kind.RESILIENCE,
        whole(1, 15),
        order.MORE,
        when=lambda platform: platform.database and platform.database.is_cluster,
        decides=("aws_rds_cluster_instance.count",),
        reason="A second instance takes over when the first fails.",
    )
    multi_az: bool = variation(
        Kind.RESILIENCE,
        flag(),
        order.ON,
        when=lambda platform: platform.database and not platform.database.is_cluster,
        drives=("aws_db_instance.multi_az",),
        reason="A standby in another zone takes over when the first fails.",
    )
    backup_retention_days: int = variation(
        Kind.RETENTION,
        whole(1, 35, "days"),
        order.MORE,
        unit="days",
        drives=(
            "aws_db_instance.backup_retention_period",
            "aws_rds_cluster.backup_retention_period",
        ),
        reason="Payments must be restorable for longer than test data.",
    )


@frozen(kw_only=True)
class ApiSettings:
    """How many requests the API lets through."""

    rate_limit_per_second: int = variation(
        Kind.CAPACITY,
        whole(1, 10_000, "requests per second"),
        order.MORE,
        unit="requests per second",
        drives=(
            "aws_api_gateway_method_settings.settings.throttling_rate_limit",
            "aws_api_gateway_usage_plan.*.rate_limit",
        ),
        reason="The limit protects a back end that is sized for the environment.",
    )
    burst_limit: int = variation(
        Kind.CAPACITY,
        whole(1, 20_000, "requests"),
        order.MORE,
        unit="requests",
        drives=(
            "aws_api_gateway_method_settings.settings.throttling_burst_limit",
            "aws_api_gateway_usage_plan.*.burst_limit",
        ),
        reason="The burst goes with the rate.",
    )


@frozen(kw_only=True)
class BucketSettings:
    """How long objects are kept, and when they move to cheaper storage."""

    expiry_days: int = variation(
        Kind.RETENTION,
        whole(1, 3653, "days"),
        order.MORE,
        unit="days",
        when=lambda platform: LifecycleRule.EXPIRY in platform.lifecycle_rules,
        drives=(
            "aws_s3_bucket_lifecycle_configuration.rule.expiration.days",
            "aws_s3_bucket_lifecycle_configuration.rule.noncurrent_version_expiration.noncurrent_days",
        ),
        reason="Records of real payments are kept for longer than test data.",
    )
    glacier_days: int = variation(
        Kind.COST,
        whole(1, 3653, "days"),
        order.NONE,
        unit="days",
        when=lambda platform: LifecycleRule.GLACIER in platform.lifecycle_rules,
        drives=("aws_s3_bucket_lifecycle_configuration.rule.transition.days",),
        reason="Real records are read for longer before they are archived.",
    )
    intelligent_tiering_days: int = variation(
        Kind.COST,
        whole(0, 3653, "days"),
        order.NONE,
        unit="days",
        when=lambda platform: LifecycleRule.INTELLIGENT_TIERING in platform.lifecycle_rules,
        drives=("aws_s3_bucket_lifecycle_configuration.rule.transition.days",),
        reason="When access to records cools down depends on how they are used.",
    )


@frozen(kw_only=True)
class LogSettings:
    """How long logs are kept."""

    retention_days: int = variation(
        Kind.RETENTION,
        one_of(LOG_RETENTION_DAYS),
        order.MORE,
        unit="days",
        drives=(
            "aws_cloudwatch_log_group.retention_in_days",
            "aws_s3_bucket_lifecycle_configuration.rule.expiration.days",
        ),
        reason="Logs of real payments are evidence, logs of tests are not.",
    )


@frozen(kw_only=True)
class QueueSettings:
    """How long messages wait for somebody."""

    dead_letter_retention_days: int = variation(
        Kind.RETENTION,
        whole(1, 14, "days"),
        order.MORE,
        unit="days",
        drives=("aws_sqs_queue.message_retention_seconds",),
        reason="A lost payment must be found even after a long weekend.",
    )


@frozen(kw_only=True)
class Settings:
    """All approved variations of capacity, cost, retention, resilience and thresholds."""

    network: NetworkSettings = section(NetworkSettings)
    account: AccountSettings = section(AccountSettings)
    functions: FunctionSettings = section(FunctionSettings, when=lambda p: p.functions)
    tables: TableSettings = section(TableSettings, when=lambda p: p.tables)
    database: DatabaseSettings = section(DatabaseSettings, when=lambda p: p.database)
    api: ApiSettings = section(ApiSettings, when=lambda p: p.api)
    buckets: BucketSettings = section(BucketSettings, when=lambda p: p.buckets)
    logs: LogSettings = section(LogSettings)
    queue: QueueSettings = section(QueueSettings, when=lambda p: p.queue or p.functions)
    alarms: AlarmSettings = section(AlarmSettings, when=lambda p: p.alarms or p.governance)

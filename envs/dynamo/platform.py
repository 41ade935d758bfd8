"""Reference platform: DynamoDB behind an API, capacity provisioned in every environment."""

from model.body import PAYMENT
from model.function_settings import FunctionSettings
from model.parts import (
    AlarmKind,
    ApiSpec,
    BucketSpec,
    FunctionSpec,
    IndexSpec,
    LifecycleRule,
    NetworkSpec,
    RouteSpec,
    RuntimeSpec,
    TableSpec,
)
from model.platform import Platform
from model.quota import AccountSettings
from model.settings import (
    BillingMode,
    NetworkSettings,
    QueueSettings,
    Settings,
    TableSettings,
)

PLATFORM = Platform(
    name="dynamo",
    is_reference=True,
    team="payments",
    owner="payments-platform@example.com",
    fixed=Settings(
        account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
        network=NetworkSettings(nat_gateway_count=1),
        functions=FunctionSettings(reserved_concurrency=20),
        tables=TableSettings(
            billing_mode=BillingMode.PROVISIONED,
            point_in_time_recovery=True,
        ),
        queue=QueueSettings(dead_letter_retention_days=14),
    ),
    network=NetworkSpec(zone_count=2),
    runtime=RuntimeSpec(identifier="python3.13", architecture="arm64"),
    tables=(
        TableSpec(
            name="transactions",
            partition_key="transaction_id",
            sort_key="timestamp",
            indexes=(IndexSpec(name="outbox", partition_key="outbox_shard", sort_key="due_at"),),
        ),
        TableSpec(name="audit", partition_key="transaction_id", sort_key="timestamp"),
    ),
    buckets=(BucketSpec(name="audit", folders=("transactions/",)),),
    lifecycle_rules=(LifecycleRule.EXPIRY,),
    functions=(
        FunctionSpec(name="validation", timeout_seconds=30),
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            reads_tables=("transactions", "audit"),
            writes_tables=("transactions",),
            appends_tables=("audit",),
            writes_buckets=("audit",),
            publishes_events=True,
            moves_money=True,
            sweep_minutes=1,
        ),
        FunctionSpec(
            name="notification",
            timeout_seconds=30,
            event_types=("payment.captured", "payment.declined", "payment.failed"),
            signs_webhooks=True,
        ),
        FunctionSpec(name="status", timeout_seconds=30, reads_tables=("transactions", "audit")),
    ),
    api=ApiSpec(
        routes=(
            RouteSpec(method="POST", path="process", function="processing", body=PAYMENT),
            RouteSpec(method="POST", path="validate", function="validation", body=PAYMENT),
            RouteSpec(method="GET", path="status/{transaction_id}", function="status"),
        ),
    ),
    event_topic=True,
    alarms=(
        AlarmKind.LAMBDA_ERRORS,
        AlarmKind.TABLE_THROTTLES,
        AlarmKind.API_4XX,
        AlarmKind.API_5XX,
    ),
    dashboard=True,
)

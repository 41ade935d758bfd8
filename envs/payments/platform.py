"""The flagship: what a payment company runs today, with what AWS accepts today."""

from model.parts import (
    AlarmKind,
    ApiSpec,
    BucketSpec,
    FunctionSpec,
    IndexSpec,
    LifecycleRule,
    NetworkSpec,
    QueueSpec,
    RouteSpec,
    RuntimeSpec,
    TableSpec,
)
from model.platform import Platform

PLATFORM = Platform(
    name="payments",
    team="payments",
    owner="payments-platform@example.com",
    network=NetworkSpec(zone_count=3),
    runtime=RuntimeSpec(identifier="python3.13", architecture="arm64"),
    tables=(
        TableSpec(
            name="transactions",
            partition_key="transaction_id",
            sort_key="timestamp",
            indexes=(IndexSpec(name="outbox", partition_key="outbox_shard", sort_key="timestamp"),),
        ),
        TableSpec(name="audit", partition_key="transaction_id", sort_key="timestamp"),
        TableSpec(name="idempotency", partition_key="id", expiry_attribute="expiration"),
    ),
    buckets=(
        BucketSpec(name="audit", folders=("transactions/", "logs/")),
        BucketSpec(name="inbound", folders=("payments/", "rejects/")),
        BucketSpec(name="artifacts", folders=("functions/", "layers/")),
    ),
    lifecycle_rules=(
        LifecycleRule.EXPIRY,
        LifecycleRule.GLACIER,
        LifecycleRule.INTELLIGENT_TIERING,
    ),
    functions=(
        FunctionSpec(name="validation", timeout_seconds=30),
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            reads_tables=("transactions", "idempotency"),
            writes_tables=("transactions", "audit", "idempotency"),
            writes_buckets=("audit",),
            sends_payments=True,
            receives_payments=True,
            publishes_events=True,
            sweep_minutes=1,
        ),
        FunctionSpec(
            name="status",
            timeout_seconds=30,
            reads_tables=("transactions",),
        ),
        FunctionSpec(
            name="notification",
            timeout_seconds=30,
            event_types=("payment.captured", "payment.declined", "payment.failed"),
            signs_webhooks=True,
        ),
        FunctionSpec(
            name="ingest",
            timeout_seconds=30,
            reads_tables=("transactions",),
            writes_tables=("transactions", "audit"),
            reads_buckets=("inbound",),
            writes_buckets=("inbound",),
            sends_payments=True,
            inbound_prefix="payments/",
        ),
    ),
    api=ApiSpec(
        routes=(
            RouteSpec(method="POST", path="process", function="processing"),
            RouteSpec(method="POST", path="validate", function="validation"),
            RouteSpec(method="GET", path="status/{transaction_id}", function="status"),
        ),
    ),
    queue=QueueSpec(visibility_timeout_seconds=180),
    alert_topic=True,
    alarms=(
        AlarmKind.LAMBDA_ERRORS,
        AlarmKind.LAMBDA_THROTTLES,
        AlarmKind.LAMBDA_DURATION,
        AlarmKind.TABLE_THROTTLES,
        AlarmKind.API_4XX,
        AlarmKind.API_5XX,
        AlarmKind.DEAD_LETTERS,
    ),
    dashboard=True,
)

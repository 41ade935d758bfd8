"""The flagship: what a payment company runs today, with what AWS accepts today."""

from model.body import PAYMENT
from model.governance import GovernanceSpec, PipelineSpec
from model.parts import (
    AlarmKind,
    ApiSpec,
    BucketSpec,
    DatabaseKind,
    DatabaseSpec,
    FunctionSpec,
    IndexSpec,
    LifecycleRule,
    ListenerRuleSpec,
    LoadBalancerSpec,
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
    network=NetworkSpec(zone_count=3, peer_check=True),
    runtime=RuntimeSpec(identifier="python3.13", architecture="arm64"),
    tables=(
        TableSpec(
            name="transactions",
            partition_key="transaction_id",
            sort_key="timestamp",
            indexes=(IndexSpec(name="outbox", partition_key="outbox_shard", sort_key="due_at"),),
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
            reads_tables=("transactions", "audit", "idempotency"),
            writes_tables=("transactions", "idempotency"),
            appends_tables=("audit",),
            writes_buckets=("audit",),
            uses_database=True,
            moves_money=True,
            sends_payments=True,
            receives_payments=True,
            publishes_events=True,
            sweep_minutes=1,
        ),
        FunctionSpec(
            name="status",
            timeout_seconds=30,
            reads_tables=("transactions", "audit"),
        ),
        FunctionSpec(
            name="notification",
            timeout_seconds=30,
            background=True,
            event_types=("payment.captured", "payment.declined", "payment.failed"),
            signs_webhooks=True,
        ),
        FunctionSpec(
            name="ingest",
            timeout_seconds=30,
            background=True,
            reads_buckets=("inbound",),
            writes_buckets=("inbound",),
            sends_payments=True,
            inbound_prefix="payments/",
        ),
        FunctionSpec(
            name="migration",
            timeout_seconds=300,
            background=True,
            uses_database=True,
            runs_on_deploy=True,
        ),
    ),
    api=ApiSpec(
        routes=(
            RouteSpec(method="POST", path="process", function="processing", body=PAYMENT),
            RouteSpec(method="POST", path="validate", function="validation", body=PAYMENT),
            RouteSpec(method="GET", path="status/{transaction_id}", function="status"),
        ),
    ),
    load_balancer=LoadBalancerSpec(
        rules=(
            ListenerRuleSpec(path="/process", function="processing"),
            ListenerRuleSpec(path="/validate", function="validation"),
            ListenerRuleSpec(path="/status/*", function="status"),
        ),
    ),
    database=DatabaseSpec(kind=DatabaseKind.CLUSTER, engine_version="17.7"),
    queue=QueueSpec(visibility_timeout_seconds=180),
    event_topic=True,
    alarms=(
        AlarmKind.LAMBDA_ERRORS,
        AlarmKind.LAMBDA_THROTTLES,
        AlarmKind.LAMBDA_DURATION,
        AlarmKind.TABLE_THROTTLES,
        AlarmKind.API_4XX,
        AlarmKind.API_5XX,
        AlarmKind.DEAD_LETTERS,
        AlarmKind.QUEUE_AGE,
        AlarmKind.DATABASE_CPU,
        AlarmKind.DATABASE_STORAGE,
    ),
    dashboard=True,
    governance=GovernanceSpec(drift_check_hours=24),
    pipeline=PipelineSpec(
        account_id="456789012345",
        region="us-east-1",
        cost_center="payments-delivery",
        state_bucket="payment-state-delivery-456789012345",
        lock_table="payment-locks-delivery",
        alert_emails=("payments-platform@example.com",),
    ),
)

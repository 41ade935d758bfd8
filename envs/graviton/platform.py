"""Reference platform: one function on arm64 with a table, three accounts in one region."""

from model.alarm_settings import AlarmSettings
from model.function_settings import FunctionSettings
from model.parts import (
    AlarmKind,
    BucketSpec,
    FunctionSpec,
    IndexSpec,
    LifecycleRule,
    NetworkSpec,
    RuntimeSpec,
    TableSpec,
)
from model.platform import Platform
from model.quota import AccountSettings
from model.settings import (
    LogSettings,
    NetworkSettings,
    QueueSettings,
    Settings,
)

PLATFORM = Platform(
    name="graviton",
    is_reference=True,
    team="payments",
    owner="payments-platform@example.com",
    fixed=Settings(
        account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
        network=NetworkSettings(nat_gateway_count=1),
        functions=FunctionSettings(reserved_concurrency=20),
        logs=LogSettings(retention_days=90),
        queue=QueueSettings(dead_letter_retention_days=14),
        alarms=AlarmSettings(enabled=True),
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
    ),
    buckets=(BucketSpec(name="audit", folders=("transactions/",)),),
    lifecycle_rules=(LifecycleRule.EXPIRY,),
    functions=(
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            reads_tables=("transactions",),
            writes_tables=("transactions",),
            writes_buckets=("audit",),
            publishes_events=True,
            moves_money=True,
            sweep_minutes=1,
        ),
    ),
    event_topic=True,
    alarms=(AlarmKind.LAMBDA_ERRORS, AlarmKind.TABLE_THROTTLES),
)

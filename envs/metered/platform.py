"""Reference platform: one metered route, with API keys and quotas, on the published runtime."""

from model.body import PAYMENT
from model.function_settings import FunctionSettings
from model.parts import (
    Acknowledgement,
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
    LogSettings,
    NetworkSettings,
    Settings,
)

PLATFORM = Platform(
    name="metered",
    is_reference=True,
    team="payments",
    owner="payments-platform@example.com",
    fixed=Settings(
        account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
        network=NetworkSettings(nat_gateway_count=1),
        functions=FunctionSettings(memory_mebibytes=512, reserved_concurrency=20),
        logs=LogSettings(retention_days=90),
    ),
    network=NetworkSpec(zone_count=3),
    runtime=RuntimeSpec(identifier="python3.9", architecture="arm64"),
    tables=(
        TableSpec(
            name="transactions",
            partition_key="transaction_id",
            sort_key="timestamp",
            indexes=(IndexSpec(name="outbox", partition_key="outbox_shard", sort_key="due_at"),),
        ),
    ),
    buckets=(BucketSpec(name="audit", folders=("transactions/",)),),
    lifecycle_rules=(LifecycleRule.GLACIER,),
    functions=(
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            reads_tables=("transactions",),
            writes_tables=("transactions",),
            writes_buckets=("audit",),
            moves_money=True,
            sweep_minutes=1,
        ),
    ),
    api=ApiSpec(
        routes=(RouteSpec(method="POST", path="payments", function="processing", body=PAYMENT),),
        authorization="NONE",
        api_key_required=True,
        quota_per_day=1_000_000,
    ),
    alarms=(AlarmKind.LAMBDA_ERRORS, AlarmKind.API_4XX, AlarmKind.API_5XX),
    acknowledged=(
        Acknowledgement(
            what="python3.9",
            reason="The published design names it, and the reference keeps its numbers.",
        ),
    ),
)

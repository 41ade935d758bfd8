"""Reference platform: RDS PostgreSQL behind an API, the network in a stack of its own."""

from model.alarm_settings import AlarmSettings
from model.body import PAYMENT, FieldSpec
from model.function_settings import FunctionSettings
from model.parts import (
    AlarmKind,
    ApiSpec,
    BucketSpec,
    DatabaseKind,
    DatabaseSpec,
    FunctionSpec,
    LifecycleRule,
    NetworkSpec,
    QueueSpec,
    RouteSpec,
    RuntimeSpec,
)
from model.platform import Platform
from model.quota import AccountSettings
from model.settings import (
    ApiSettings,
    BucketSettings,
    LogSettings,
    NetworkSettings,
    QueueSettings,
    Settings,
)

PLATFORM = Platform(
    name="postgres",
    is_reference=True,
    team="payments",
    owner="payments-platform@example.com",
    fixed=Settings(
        account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
        network=NetworkSettings(nat_gateway_count=1),
        functions=FunctionSettings(memory_mebibytes=512, reserved_concurrency=20),
        api=ApiSettings(rate_limit_per_second=500, burst_limit=1000),
        buckets=BucketSettings(intelligent_tiering_days=30),
        logs=LogSettings(retention_days=90),
        queue=QueueSettings(dead_letter_retention_days=14),
        alarms=AlarmSettings(enabled=True, lambda_errors_count=5),
    ),
    network=NetworkSpec(zone_count=2, own_stack=True),
    runtime=RuntimeSpec(identifier="python3.13", architecture="arm64"),
    database=DatabaseSpec(kind=DatabaseKind.INSTANCE, engine_version="17.7", aws_managed_key=True),
    buckets=(BucketSpec(name="audit", folders=("transactions/",)),),
    lifecycle_rules=(LifecycleRule.INTELLIGENT_TIERING,),
    functions=(
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            uses_database=True,
            writes_buckets=("audit",),
            sends_payments=True,
            receives_payments=True,
            moves_money=True,
            sweep_minutes=1,
        ),
        FunctionSpec(
            name="verification",
            timeout_seconds=30,
            uses_database=True,
            reads_buckets=("audit",),
            sends_payments=True,
        ),
        FunctionSpec(
            name="migration", timeout_seconds=300, uses_database=True, runs_on_deploy=True
        ),
    ),
    api=ApiSpec(
        routes=(
            RouteSpec(method="POST", path="process-payment", function="processing", body=PAYMENT),
            RouteSpec(
                method="POST",
                path="verify-payment",
                function="verification",
                body=(FieldSpec(name="transaction_id"),),
            ),
        ),
    ),
    queue=QueueSpec(visibility_timeout_seconds=180),
    alarms=(AlarmKind.LAMBDA_ERRORS,),
)

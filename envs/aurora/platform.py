"""Reference platform: Aurora PostgreSQL, files and a load balancer instead of an API."""

from model.function_settings import FunctionSettings
from model.governance import GovernanceSpec, PipelineSpec
from model.parts import (
    Acknowledgement,
    BucketSpec,
    DatabaseKind,
    DatabaseSpec,
    FunctionSpec,
    ListenerRuleSpec,
    LoadBalancerSpec,
    NetworkSpec,
    RuntimeSpec,
    TagKeys,
)
from model.platform import Platform
from model.quota import AccountSettings
from model.settings import (
    NetworkSettings,
    QueueSettings,
    Settings,
)

PLATFORM = Platform(
    name="aurora",
    is_reference=True,
    team="payments",
    owner="payments-platform@example.com",
    organization_id="o-payments2026",
    tag_keys=TagKeys(environment="environment", project="project"),
    fixed=Settings(
        account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
        network=NetworkSettings(nat_gateway_count=1),
        functions=FunctionSettings(memory_mebibytes=512, reserved_concurrency=20),
        queue=QueueSettings(dead_letter_retention_days=14),
    ),
    network=NetworkSpec(zone_count=3, peer_check=True),
    runtime=RuntimeSpec(identifier="python3.9", architecture="arm64"),
    database=DatabaseSpec(kind=DatabaseKind.CLUSTER, engine_version="13.7"),
    buckets=(
        BucketSpec(name="audit", folders=("transactions/",)),
        BucketSpec(name="inbound", folders=("payments/", "rejects/")),
        BucketSpec(name="artifacts", folders=("functions/", "layers/")),
    ),
    functions=(
        FunctionSpec(
            name="ingest",
            timeout_seconds=30,
            uses_database=True,
            reads_buckets=("inbound",),
            writes_buckets=("inbound", "audit"),
            publishes_events=True,
            moves_money=True,
            inbound_prefix="payments/",
        ),
        FunctionSpec(
            name="processing",
            timeout_seconds=30,
            uses_database=True,
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
        FunctionSpec(
            name="migration", timeout_seconds=300, uses_database=True, runs_on_deploy=True
        ),
    ),
    load_balancer=LoadBalancerSpec(
        rules=(
            ListenerRuleSpec(path="/process", function="processing"),
            ListenerRuleSpec(path="/status/*", function="processing"),
        ),
    ),
    event_topic=True,
    acknowledged=(
        Acknowledgement(
            what="aurora-postgresql 13",
            reason="The published design names 13.7, and the reference keeps its numbers.",
        ),
        Acknowledgement(
            what="python3.9",
            reason="The published design names it, and the reference keeps its numbers.",
        ),
    ),
    governance=GovernanceSpec(drift_check_hours=24),
    pipeline=PipelineSpec(
        account_id="456789012395",
        region="us-east-1",
        cost_center="payments-delivery",
        state_bucket="payment-state-delivery-456789012395",
        state_key_arn="arn:aws:kms:us-east-1:456789012395:key/44444444-4444-4444-8444-444444444444",
        lock_table="payment-locks-delivery",
        alert_emails=("payments-platform@example.com",),
    ),
)

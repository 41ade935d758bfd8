"""Where developers try things."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.function_settings import FunctionSettings
from model.quota import AccountSettings
from model.settings import (
    ApiSettings,
    BillingMode,
    BucketSettings,
    DatabaseSettings,
    LogSettings,
    NetworkSettings,
    QueueSettings,
    TableSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="dev",
        account_id="123456789012",
        region="eu-west-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789012:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789012:role/payments-operator-dev",),
        certificate_arn=(
            "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-1111-4111-8111-111111111111"
        ),
        audit_role_arn="arn:aws:iam::123456789012:role/payments-auditor-dev",
        deploy_role_arn="arn:aws:iam::123456789012:role/payments-deployer-dev",
        webhook_url="https://hooks.dev.payments.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789012",
        key="payments.tfstate",
        region="eu-west-1",
        kms_key_arn="arn:aws:kms:eu-west-1:123456789012:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
    network=NetworkSettings(
        cidr="10.10.0.0/16",
        availability_zone_ids=("euw1-az1", "euw1-az2", "euw1-az3"),
        nat_gateway_count=1,
    ),
    functions=FunctionSettings(
        memory_mebibytes=512,
        reserved_concurrency=10,
        background_concurrency=5,
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=5,
        write_capacity_units=5,
        point_in_time_recovery=False,
    ),
    database=DatabaseSettings(
        instance_class="db.t4g.medium",
        instance_count=1,
        backup_retention_days=3,
    ),
    api=ApiSettings(rate_limit_per_second=100, burst_limit=200),
    buckets=BucketSettings(expiry_days=120, glacier_days=30, intelligent_tiering_days=7),
    logs=LogSettings(retention_days=30),
    queue=QueueSettings(dead_letter_retention_days=3),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=20,
        lambda_throttles_count=20,
        lambda_duration_percent=95,
        table_throttles_count=50,
        api_4xx_percent=50,
        api_5xx_percent=20,
        database_cpu_percent=95,
        database_free_gibibytes=2,
        dead_letters_count=10,
        queue_age_minutes=60,
    ),
)

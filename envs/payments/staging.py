"""Where a release is tried before it is real."""

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
        name="staging",
        account_id="234567890123",
        region="us-west-2",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890123:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890123:role/payments-operator-staging",),
        certificate_arn=(
            "arn:aws:acm:us-west-2:234567890123:certificate/22222222-2222-4222-8222-222222222222"
        ),
        audit_role_arn="arn:aws:iam::234567890123:role/payments-auditor-staging",
        deploy_role_arn="arn:aws:iam::234567890123:role/payments-deployer-staging",
        webhook_url="https://hooks.staging.payments.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890123",
        key="payments.tfstate",
        region="us-west-2",
        kms_key_arn="arn:aws:kms:us-west-2:234567890123:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    account=AccountSettings(concurrent_executions=1000, elastic_ips=5),
    network=NetworkSettings(
        cidr="10.20.0.0/16",
        availability_zone_ids=("usw2-az1", "usw2-az2", "usw2-az3"),
        nat_gateway_count=1,
    ),
    functions=FunctionSettings(
        memory_mebibytes=1024,
        reserved_concurrency=50,
        background_concurrency=20,
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=25,
        write_capacity_units=25,
        point_in_time_recovery=True,
    ),
    database=DatabaseSettings(
        instance_class="db.r6g.large",
        instance_count=1,
        backup_retention_days=7,
    ),
    api=ApiSettings(rate_limit_per_second=500, burst_limit=1000),
    buckets=BucketSettings(expiry_days=180, glacier_days=60, intelligent_tiering_days=30),
    logs=LogSettings(retention_days=90),
    queue=QueueSettings(dead_letter_retention_days=7),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=10,
        lambda_throttles_count=10,
        lambda_duration_percent=90,
        table_throttles_count=20,
        api_4xx_percent=25,
        api_5xx_percent=10,
        database_cpu_percent=90,
        database_free_gibibytes=4,
        dead_letters_count=5,
        queue_age_minutes=30,
    ),
)

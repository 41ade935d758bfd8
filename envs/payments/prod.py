"""Where the money is."""

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
        name="prod",
        account_id="345678901234",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901234:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901234:role/payments-operator-prod",),
        certificate_arn=(
            "arn:aws:acm:us-east-1:345678901234:certificate/33333333-3333-4333-8333-333333333333"
        ),
        audit_role_arn="arn:aws:iam::345678901234:role/payments-auditor-prod",
        deploy_role_arn="arn:aws:iam::345678901234:role/payments-deployer-prod",
        webhook_url="https://hooks.prod.payments.example.com/events",
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901234",
        key="payments.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901234:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    account=AccountSettings(concurrent_executions=1000, elastic_ips=10),
    network=NetworkSettings(
        cidr="10.30.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2", "use1-az4"),
        nat_gateway_count=3,
    ),
    functions=FunctionSettings(
        memory_mebibytes=2048,
        reserved_concurrency=200,
        background_concurrency=50,
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=100,
        write_capacity_units=100,
        point_in_time_recovery=True,
    ),
    database=DatabaseSettings(
        instance_class="db.r6g.xlarge",
        instance_count=2,
        backup_retention_days=30,
    ),
    api=ApiSettings(rate_limit_per_second=2000, burst_limit=4000),
    buckets=BucketSettings(expiry_days=365, glacier_days=90, intelligent_tiering_days=30),
    logs=LogSettings(retention_days=365),
    queue=QueueSettings(dead_letter_retention_days=14),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=5,
        lambda_throttles_count=1,
        lambda_duration_percent=80,
        table_throttles_count=1,
        api_4xx_percent=10,
        api_5xx_percent=1,
        database_cpu_percent=80,
        database_free_gibibytes=10,
        dead_letters_count=1,
        queue_age_minutes=15,
    ),
)

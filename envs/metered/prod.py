"""Where the money is."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    ApiSettings,
    BillingMode,
    BucketSettings,
    NetworkSettings,
    QueueSettings,
    TableSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="prod",
        account_id="345678901253",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901253:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901253:role/payments-operator-prod",),
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901253",
        key="metered.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901253:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    network=NetworkSettings(
        cidr="10.90.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2", "use1-az4"),
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=5,
        write_capacity_units=5,
        point_in_time_recovery=True,
    ),
    api=ApiSettings(rate_limit_per_second=10000, burst_limit=20000),
    buckets=BucketSettings(glacier_days=90),
    queue=QueueSettings(dead_letter_retention_days=14),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=5,
        api_4xx_percent=10,
        api_5xx_percent=1,
    ),
)

"""Where a release is tried before it is real."""

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
        name="staging",
        account_id="234567890142",
        region="us-east-2",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890142:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890142:role/payments-operator-staging",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890142",
        key="metered.tfstate",
        region="us-east-2",
        kms_key_arn="arn:aws:kms:us-east-2:234567890142:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    network=NetworkSettings(
        cidr="10.80.0.0/16",
        availability_zone_ids=("use2-az1", "use2-az2", "use2-az3"),
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PAY_PER_REQUEST,
        read_capacity_units=0,
        write_capacity_units=0,
        point_in_time_recovery=True,
    ),
    api=ApiSettings(rate_limit_per_second=1000, burst_limit=2000),
    buckets=BucketSettings(glacier_days=30),
    queue=QueueSettings(dead_letter_retention_days=7),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=10,
        api_4xx_percent=25,
        api_5xx_percent=10,
    ),
)

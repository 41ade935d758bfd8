"""Where developers try things."""

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
        name="dev",
        account_id="123456789031",
        region="us-east-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789031:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789031:role/payments-operator-dev",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789031",
        key="metered.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:123456789031:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    network=NetworkSettings(
        cidr="10.70.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2", "use1-az4"),
    ),
    tables=TableSettings(
        billing_mode=BillingMode.PAY_PER_REQUEST,
        read_capacity_units=0,
        write_capacity_units=0,
        point_in_time_recovery=False,
    ),
    api=ApiSettings(rate_limit_per_second=100, burst_limit=200),
    buckets=BucketSettings(glacier_days=30),
    queue=QueueSettings(dead_letter_retention_days=3),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
        enabled=False,
        lambda_errors_count=20,
        api_4xx_percent=50,
        api_5xx_percent=20,
    ),
)

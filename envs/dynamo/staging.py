"""Where a release is tried before it is real."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.function_settings import FunctionSettings
from model.settings import (
    ApiSettings,
    BucketSettings,
    LogSettings,
    NetworkSettings,
    TableSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="staging",
        account_id="234567890132",
        region="us-west-2",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890132:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890132:role/payments-operator-staging",),
        webhook_url="https://hooks.staging.dynamo.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890132",
        key="dynamo.tfstate",
        region="us-west-2",
        kms_key_arn="arn:aws:kms:us-west-2:234567890132:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    network=NetworkSettings(
        cidr="10.50.0.0/16",
        availability_zone_ids=("usw2-az1", "usw2-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=1024),
    tables=TableSettings(read_capacity_units=25, write_capacity_units=25),
    api=ApiSettings(rate_limit_per_second=500, burst_limit=1000),
    buckets=BucketSettings(expiry_days=90),
    logs=LogSettings(retention_days=90),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=10,
        table_throttles_count=20,
        api_4xx_percent=25,
        api_5xx_percent=10,
    ),
)

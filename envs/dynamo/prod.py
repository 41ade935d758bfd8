"""Where the money is."""

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
        name="prod",
        account_id="345678901243",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901243:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901243:role/payments-operator-prod",),
        webhook_url="https://hooks.prod.dynamo.example.com/events",
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901243",
        key="dynamo.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901243:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    network=NetworkSettings(
        cidr="10.60.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=2048),
    tables=TableSettings(read_capacity_units=100, write_capacity_units=100),
    api=ApiSettings(rate_limit_per_second=2000, burst_limit=4000),
    buckets=BucketSettings(expiry_days=365),
    logs=LogSettings(retention_days=365),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=5,
        table_throttles_count=1,
        api_4xx_percent=10,
        api_5xx_percent=1,
    ),
)

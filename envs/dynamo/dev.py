"""Where developers try things."""

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
        name="dev",
        account_id="123456789021",
        region="eu-west-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789021:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789021:role/payments-operator-dev",),
        webhook_url="https://hooks.dev.dynamo.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789021",
        key="dynamo.tfstate",
        region="eu-west-1",
        kms_key_arn="arn:aws:kms:eu-west-1:123456789021:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    network=NetworkSettings(
        cidr="10.40.0.0/16",
        availability_zone_ids=("euw1-az1", "euw1-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=512),
    tables=TableSettings(read_capacity_units=5, write_capacity_units=5),
    api=ApiSettings(rate_limit_per_second=100, burst_limit=200),
    buckets=BucketSettings(expiry_days=30),
    logs=LogSettings(retention_days=30),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
        enabled=True,
        lambda_errors_count=20,
        table_throttles_count=50,
        api_4xx_percent=50,
        api_5xx_percent=20,
    ),
)

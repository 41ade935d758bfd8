"""Where developers try things."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.function_settings import FunctionSettings
from model.settings import (
    BillingMode,
    BucketSettings,
    NetworkSettings,
    TableSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="dev",
        account_id="123456789012",
        region="us-east-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789012:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789012:role/payments-operator-dev",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789012",
        key="graviton.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:123456789012:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    network=NetworkSettings(
        cidr="10.160.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=512),
    tables=TableSettings(
        billing_mode=BillingMode.PAY_PER_REQUEST,
        read_capacity_units=0,
        write_capacity_units=0,
        point_in_time_recovery=False,
    ),
    buckets=BucketSettings(expiry_days=30),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
        lambda_errors_count=20,
        table_throttles_count=50,
    ),
)

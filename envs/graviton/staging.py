"""Where a release is tried before it is real."""

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
        name="staging",
        account_id="234567890123",
        region="us-east-1",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890123:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890123:role/payments-operator-staging",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890123",
        key="graviton.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:234567890123:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    network=NetworkSettings(
        cidr="10.170.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=1024),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=5,
        write_capacity_units=5,
        point_in_time_recovery=False,
    ),
    buckets=BucketSettings(expiry_days=90),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
        lambda_errors_count=10,
        table_throttles_count=20,
    ),
)

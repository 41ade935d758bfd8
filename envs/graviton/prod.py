"""Where the money is."""

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
        name="prod",
        account_id="345678901234",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901234:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901234:role/payments-operator-prod",),
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901234",
        key="graviton.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901234:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    network=NetworkSettings(
        cidr="10.180.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    functions=FunctionSettings(memory_mebibytes=2048),
    tables=TableSettings(
        billing_mode=BillingMode.PROVISIONED,
        read_capacity_units=20,
        write_capacity_units=20,
        point_in_time_recovery=True,
    ),
    buckets=BucketSettings(expiry_days=365),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
        lambda_errors_count=5,
        table_throttles_count=1,
    ),
)

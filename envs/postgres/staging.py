"""Where a release is tried before it is real."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="staging",
        account_id="234567890152",
        region="us-east-2",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890152:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890152:role/payments-operator-staging",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890152",
        key="postgres.tfstate",
        region="us-east-2",
        kms_key_arn="arn:aws:kms:us-east-2:234567890152:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    network=NetworkSettings(
        cidr="10.110.0.0/16",
        availability_zone_ids=("use2-az1", "use2-az2"),
    ),
    database=DatabaseSettings(
        instance_class="db.t3.medium", multi_az=False, backup_retention_days=3
    ),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
    ),
)

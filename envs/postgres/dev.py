"""Where developers try things."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="dev",
        account_id="123456789041",
        region="us-east-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789041:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789041:role/payments-operator-dev",),
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789041",
        key="postgres.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:123456789041:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    network=NetworkSettings(
        cidr="10.100.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    database=DatabaseSettings(
        instance_class="db.t3.medium", multi_az=False, backup_retention_days=3
    ),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
    ),
)

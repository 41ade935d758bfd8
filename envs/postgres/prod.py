"""Where the money is."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="prod",
        account_id="345678901263",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901263:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901263:role/payments-operator-prod",),
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901263",
        key="postgres.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901263:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    network=NetworkSettings(
        cidr="10.120.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2"),
    ),
    database=DatabaseSettings(instance_class="db.r5.large", multi_az=True, backup_retention_days=7),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
    ),
)

"""Where a release is tried before it is real."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    LogSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="staging",
        account_id="234567890162",
        region="us-west-2",
        cost_center="payments-staging",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::234567890162:role/payments-key-administrator-staging",),
        trusted_role_arns=("arn:aws:iam::234567890162:role/payments-operator-staging",),
        certificate_arn=(
            "arn:aws:acm:us-west-2:234567890162:certificate/55555555-5555-4555-8555-555555555555"
        ),
        audit_role_arn="arn:aws:iam::234567890162:role/payments-auditor-staging",
        deploy_role_arn="arn:aws:iam::234567890162:role/payments-deployer-staging",
        webhook_url="https://hooks.staging.aurora.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-staging-234567890162",
        key="aurora.tfstate",
        region="us-west-2",
        kms_key_arn="arn:aws:kms:us-west-2:234567890162:key/22222222-2222-4222-8222-222222222222",
        lock_table="payment-locks-staging",
    ),
    network=NetworkSettings(
        cidr="10.140.0.0/16",
        availability_zone_ids=("usw2-az1", "usw2-az2", "usw2-az3"),
    ),
    database=DatabaseSettings(
        instance_class="db.r5.large", instance_count=1, backup_retention_days=7
    ),
    logs=LogSettings(retention_days=30),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-staging@example.com",),
            https_urls=(),
        ),
    ),
)

"""Where developers try things."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    LogSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="dev",
        account_id="123456789051",
        region="eu-west-1",
        cost_center="payments-development",
        data_classification="internal",
        key_role_arns=("arn:aws:iam::123456789051:role/payments-key-administrator-dev",),
        trusted_role_arns=("arn:aws:iam::123456789051:role/payments-operator-dev",),
        certificate_arn=(
            "arn:aws:acm:eu-west-1:123456789051:certificate/44444444-4444-4444-8444-444444444444"
        ),
        audit_role_arn="arn:aws:iam::123456789051:role/payments-auditor-dev",
        deploy_role_arn="arn:aws:iam::123456789051:role/payments-deployer-dev",
        webhook_url="https://hooks.dev.aurora.example.com/events",
        confirmation_required=False,
    ),
    state=StateLocation(
        bucket="payment-state-dev-123456789051",
        key="aurora.tfstate",
        region="eu-west-1",
        kms_key_arn="arn:aws:kms:eu-west-1:123456789051:key/11111111-1111-4111-8111-111111111111",
        lock_table="payment-locks-dev",
    ),
    network=NetworkSettings(
        cidr="10.130.0.0/16",
        availability_zone_ids=("euw1-az1", "euw1-az2", "euw1-az3"),
    ),
    database=DatabaseSettings(
        instance_class="db.t3.medium", instance_count=1, backup_retention_days=3
    ),
    logs=LogSettings(retention_days=7),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-dev@example.com",),
            https_urls=(),
        ),
    ),
)

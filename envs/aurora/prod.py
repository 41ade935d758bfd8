"""Where the money is."""

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Environment, Identity, StateLocation
from model.settings import (
    DatabaseSettings,
    LogSettings,
    NetworkSettings,
)

ENVIRONMENT = Environment(
    identity=Identity(
        name="prod",
        account_id="345678901273",
        region="us-east-1",
        cost_center="payments-production",
        data_classification="restricted",
        key_role_arns=("arn:aws:iam::345678901273:role/payments-key-administrator-prod",),
        trusted_role_arns=("arn:aws:iam::345678901273:role/payments-operator-prod",),
        certificate_arn=(
            "arn:aws:acm:us-east-1:345678901273:certificate/66666666-6666-4666-8666-666666666666"
        ),
        audit_role_arn="arn:aws:iam::345678901273:role/payments-auditor-prod",
        deploy_role_arn="arn:aws:iam::345678901273:role/payments-deployer-prod",
        webhook_url="https://hooks.prod.aurora.example.com/events",
        confirmation_required=True,
    ),
    state=StateLocation(
        bucket="payment-state-prod-345678901273",
        key="aurora.tfstate",
        region="us-east-1",
        kms_key_arn="arn:aws:kms:us-east-1:345678901273:key/33333333-3333-4333-8333-333333333333",
        lock_table="payment-locks-prod",
    ),
    network=NetworkSettings(
        cidr="10.150.0.0/16",
        availability_zone_ids=("use1-az1", "use1-az2", "use1-az4"),
    ),
    database=DatabaseSettings(
        instance_class="db.r5.xlarge", instance_count=2, backup_retention_days=30
    ),
    logs=LogSettings(retention_days=90),
    alarms=AlarmSettings(
        recipients=RecipientSettings(
            emails=("payments-on-call-prod@example.com",),
            https_urls=(),
        ),
    ),
)

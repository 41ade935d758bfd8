"""Where the pipeline lives: an account of its own, described as if it were an environment."""

from __future__ import annotations

from typing import Final

from model.alarm_settings import AlarmSettings, RecipientSettings
from model.environment import Deployment, Environment, Identity, StateLocation
from model.governance import PipelineSpec
from model.names import StackKind, state_key
from model.platform import Platform
from model.settings import (
    LogSettings,
)

_NAME: Final = "delivery"


def delivery_home(platform: Platform, spec: PipelineSpec) -> Environment:
    """Return the place of the pipeline of *platform*, for its names, tags, state and access."""
    account = f"arn:aws:iam::{spec.account_id}:role"
    return Environment(
        identity=Identity(
            name=_NAME,
            account_id=spec.account_id,
            region=spec.region,
            cost_center=spec.cost_center,
            data_classification="internal",
            key_role_arns=(f"{account}/payments-key-administrator-{_NAME}",),
        ),
        deployment=Deployment(name=_NAME, confirmation=""),
        state=StateLocation(
            bucket=spec.state_bucket,
            key=state_key(platform.name, StackKind.PIPELINE),
            region=spec.region,
            kms_key_arn=spec.state_key_arn,
            lock_table=spec.lock_table,
        ),
        logs=LogSettings(retention_days=365),
        alarms=AlarmSettings(recipients=RecipientSettings(emails=spec.alert_emails, https_urls=())),
    )

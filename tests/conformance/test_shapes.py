"""Every number of every platform's shape, written down a second time."""

import pytest

from model.blueprint import Blueprint
from tests.conformance.column import requirement
from tests.conformance.shape import numbers_of
from tests.conftest import ROOT

SHAPES: dict[str, dict[str, int]] = {
    "payments": {
        "network.zone_count": 3,
        "functions.validation.timeout_seconds": 30,
        "functions.validation.sweep_minutes": 0,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "functions.status.timeout_seconds": 30,
        "functions.status.sweep_minutes": 0,
        "functions.notification.timeout_seconds": 30,
        "functions.notification.sweep_minutes": 0,
        "functions.ingest.timeout_seconds": 30,
        "functions.ingest.sweep_minutes": 0,
        "functions.migration.timeout_seconds": 300,
        "functions.migration.sweep_minutes": 0,
        "api.quota_per_day": 0,
        "queue.visibility_timeout_seconds": 180,
        "queue.dead_letter_days": 1,
        "queue.max_receive_count": 5,
        "governance.drift_check_hours": 24,
        "database.password_rotation": 1,
        "webhook_secret_rotation": 1,
    },
    "dynamo": {
        "network.zone_count": 2,
        "functions.validation.timeout_seconds": 30,
        "functions.validation.sweep_minutes": 0,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "functions.notification.timeout_seconds": 30,
        "functions.notification.sweep_minutes": 0,
        "functions.status.timeout_seconds": 30,
        "functions.status.sweep_minutes": 0,
        "api.quota_per_day": 0,
        "webhook_secret_rotation": 1,
    },
    "metered": {
        "network.zone_count": 3,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "api.quota_per_day": 1000000,
        "webhook_secret_rotation": 1,
    },
    "postgres": {
        "network.zone_count": 2,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "functions.verification.timeout_seconds": 30,
        "functions.verification.sweep_minutes": 0,
        "functions.migration.timeout_seconds": 300,
        "functions.migration.sweep_minutes": 0,
        "api.quota_per_day": 0,
        "queue.visibility_timeout_seconds": 180,
        "queue.dead_letter_days": 1,
        "queue.max_receive_count": 5,
        "database.password_rotation": 1,
        "webhook_secret_rotation": 1,
    },
    "aurora": {
        "network.zone_count": 3,
        "functions.ingest.timeout_seconds": 30,
        "functions.ingest.sweep_minutes": 0,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "functions.notification.timeout_seconds": 30,
        "functions.notification.sweep_minutes": 0,
        "functions.migration.timeout_seconds": 300,
        "functions.migration.sweep_minutes": 0,
        "governance.drift_check_hours": 24,
        "database.password_rotation": 1,
        "webhook_secret_rotation": 1,
    },
    "graviton": {
        "network.zone_count": 2,
        "functions.processing.timeout_seconds": 30,
        "functions.processing.sweep_minutes": 1,
        "webhook_secret_rotation": 1,
    },
}
"""By platform: the number of zones, timeouts in seconds, retention in days, and so on."""


@requirement("I1", "F2")
@pytest.mark.parametrize("platform", SHAPES)
def test_shapes(platform: str) -> None:
    """Every number that is the same in all environments is the one written down here."""
    blueprint = Blueprint.load(ROOT / "envs" / platform)
    assert numbers_of(blueprint.platform) == SHAPES[platform]

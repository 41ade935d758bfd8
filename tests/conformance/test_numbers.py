"""Every number of every environment, written down a second time: none changes unnoticed."""

from typing import Any

import pytest

from model.blueprint import Blueprint
from model.environment import DECLARED
from model.variation import value_at
from tests.conformance.column import requirement
from tests.conftest import ROOT

_NO_NUMBERS = ("identity.", "state.", "deployment.")
NUMBERS: dict[str, dict[str, tuple[Any, ...]]] = {
    "payments": {
        "network.cidr": ("10.10.0.0/16", "10.20.0.0/16", "10.30.0.0/16"),
        "network.nat_gateway_count": (1, 1, 3),
        "functions.memory_mebibytes": (512, 1024, 2048),
        "functions.reserved_concurrency": (10, 50, 200),
        "functions.background_concurrency": (5, 20, 50),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 10),
        "tables.read_capacity_units": (5, 25, 100),
        "tables.write_capacity_units": (5, 25, 100),
        "tables.point_in_time_recovery": (False, True, True),
        "database.instance_count": (1, 1, 2),
        "database.backup_retention_days": (3, 7, 30),
        "api.rate_limit_per_second": (100, 500, 2000),
        "api.burst_limit": (200, 1000, 4000),
        "buckets.expiry_days": (120, 180, 365),
        "buckets.glacier_days": (30, 60, 90),
        "buckets.intelligent_tiering_days": (7, 30, 30),
        "logs.retention_days": (30, 90, 365),
        "queue.dead_letter_retention_days": (3, 7, 14),
        "alarms.enabled": (True, True, True),
        "alarms.lambda_errors_count": (20, 10, 5),
        "alarms.lambda_throttles_count": (20, 10, 1),
        "alarms.lambda_duration_percent": (95, 90, 80),
        "alarms.table_throttles_count": (50, 20, 1),
        "alarms.api_4xx_percent": (50, 25, 10),
        "alarms.api_5xx_percent": (20, 10, 1),
        "alarms.dead_letters_count": (10, 5, 1),
        "alarms.queue_age_minutes": (60, 30, 15),
        "alarms.database_cpu_percent": (95, 90, 80),
        "alarms.database_free_gibibytes": (2, 4, 10),
    },
    "dynamo": {
        "network.cidr": ("10.40.0.0/16", "10.50.0.0/16", "10.60.0.0/16"),
        "network.nat_gateway_count": (1, 1, 1),
        "functions.memory_mebibytes": (512, 1024, 2048),
        "functions.reserved_concurrency": (20, 20, 20),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 5),
        "tables.read_capacity_units": (5, 25, 100),
        "tables.write_capacity_units": (5, 25, 100),
        "tables.point_in_time_recovery": (True, True, True),
        "api.rate_limit_per_second": (100, 500, 2000),
        "api.burst_limit": (200, 1000, 4000),
        "buckets.expiry_days": (30, 90, 365),
        "logs.retention_days": (30, 90, 365),
        "queue.dead_letter_retention_days": (14, 14, 14),
        "alarms.enabled": (True, True, True),
        "alarms.lambda_errors_count": (20, 10, 5),
        "alarms.table_throttles_count": (50, 20, 1),
        "alarms.api_4xx_percent": (50, 25, 10),
        "alarms.api_5xx_percent": (20, 10, 1),
    },
    "metered": {
        "network.cidr": ("10.70.0.0/16", "10.80.0.0/16", "10.90.0.0/16"),
        "network.nat_gateway_count": (1, 1, 1),
        "functions.memory_mebibytes": (512, 512, 512),
        "functions.reserved_concurrency": (20, 20, 20),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 5),
        "tables.read_capacity_units": (0, 0, 5),
        "tables.write_capacity_units": (0, 0, 5),
        "tables.point_in_time_recovery": (False, True, True),
        "api.rate_limit_per_second": (100, 1000, 10000),
        "api.burst_limit": (200, 2000, 20000),
        "buckets.glacier_days": (30, 30, 90),
        "logs.retention_days": (90, 90, 90),
        "queue.dead_letter_retention_days": (3, 7, 14),
        "alarms.enabled": (False, True, True),
        "alarms.lambda_errors_count": (20, 10, 5),
        "alarms.api_4xx_percent": (50, 25, 10),
        "alarms.api_5xx_percent": (20, 10, 1),
    },
    "postgres": {
        "network.cidr": ("10.100.0.0/16", "10.110.0.0/16", "10.120.0.0/16"),
        "network.nat_gateway_count": (1, 1, 1),
        "functions.memory_mebibytes": (512, 512, 512),
        "functions.reserved_concurrency": (20, 20, 20),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 5),
        "database.multi_az": (False, False, True),
        "database.backup_retention_days": (3, 3, 7),
        "api.rate_limit_per_second": (500, 500, 500),
        "api.burst_limit": (1000, 1000, 1000),
        "buckets.intelligent_tiering_days": (30, 30, 30),
        "logs.retention_days": (90, 90, 90),
        "queue.dead_letter_retention_days": (14, 14, 14),
        "alarms.enabled": (True, True, True),
        "alarms.lambda_errors_count": (5, 5, 5),
    },
    "aurora": {
        "network.cidr": ("10.130.0.0/16", "10.140.0.0/16", "10.150.0.0/16"),
        "network.nat_gateway_count": (1, 1, 1),
        "functions.memory_mebibytes": (512, 512, 512),
        "functions.reserved_concurrency": (20, 20, 20),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 5),
        "database.instance_count": (1, 1, 2),
        "database.backup_retention_days": (3, 7, 30),
        "logs.retention_days": (7, 30, 90),
        "queue.dead_letter_retention_days": (14, 14, 14),
    },
    "graviton": {
        "network.cidr": ("10.160.0.0/16", "10.170.0.0/16", "10.180.0.0/16"),
        "network.nat_gateway_count": (1, 1, 1),
        "functions.memory_mebibytes": (512, 1024, 2048),
        "functions.reserved_concurrency": (20, 20, 20),
        "account.concurrent_executions": (1000, 1000, 1000),
        "account.elastic_ips": (5, 5, 5),
        "tables.read_capacity_units": (0, 5, 20),
        "tables.write_capacity_units": (0, 5, 20),
        "tables.point_in_time_recovery": (False, False, True),
        "buckets.expiry_days": (30, 90, 365),
        "logs.retention_days": (90, 90, 90),
        "queue.dead_letter_retention_days": (14, 14, 14),
        "alarms.enabled": (True, True, True),
        "alarms.lambda_errors_count": (20, 10, 5),
        "alarms.table_throttles_count": (50, 20, 1),
    },
}
"""By platform and setting: dev, staging, prod; what a platform fixes is three times the same."""


@requirement("I2", "V1")
@pytest.mark.parametrize("platform", NUMBERS)
def test_numbers(platform: str) -> None:
    """Every number and switch of every environment is the one written down here."""
    blueprint = Blueprint.load(ROOT / "envs" / platform)
    found = {
        declared.path: tuple(value_at(one, declared.path) for one in blueprint.environments)
        for declared in DECLARED
        if declared.applies(blueprint.platform) and not declared.path.startswith(_NO_NUMBERS)
    }
    numbers = {
        path: values
        for path, values in found.items()
        if isinstance(values[0], int) or path == "network.cidr"
    }
    assert numbers == NUMBERS[platform]

"""What AWS allows: the few tables of its limits that settings are checked against.

Sources: the AWS General Reference (regions and zones, read 2026-11-21), the CloudWatch Logs
API reference (PutRetentionPolicy), and the quotas pages of the services named.
"""

from typing import Final

ZONE_LETTERS: Final = {
    "ap-northeast-1": "acd",
    "ap-south-1": "abc",
    "ap-southeast-1": "abc",
    "ap-southeast-2": "abc",
    "ca-central-1": "abd",
    "eu-central-1": "abc",
    "eu-north-1": "abc",
    "eu-west-1": "abc",
    "eu-west-2": "abc",
    "eu-west-3": "abc",
    "sa-east-1": "abc",
    "us-east-1": "abcdf",
    "us-east-2": "abc",
    "us-west-1": "abc",
    "us-west-2": "abcd",
}
"""The letters of a region's availability zones; us-east-1e lacks current instance types."""

LOG_RETENTION_DAYS: Final = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
)  # fmt: skip
"""What PutRetentionPolicy accepts, in days."""

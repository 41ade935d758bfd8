"""What the emulator cannot remember: differences that a second plan shows there for ever."""

from typing import Final

ARTEFACTS: Final = {
    "aws_db_instance": "ministack forgets engine_lifecycle_support",
    "aws_cloudwatch_metric_alarm": (
        "ministack answers the provider's DescribeAlarms without period, statistic, dimensions "
        "and actions; proven on moto instead"
    ),
    "aws_flow_log": (
        "ministack forgets max_aggregation_interval and tags, so that the flow log is replaced; "
        "proven on moto instead"
    ),
}
"""The types of resources that never settle on ministack 1.5.33, and why."""

"""The table of metrics agrees with what AWS's own rules and schemas name."""

import pytest

from audit.relation.metrics import METRICS, NAMED


def test_dimensions_have_names() -> None:
    """Every dimension that names a resource is one that some metric has."""
    known = {
        dimension
        for metrics in METRICS.values()
        for sets in metrics.values()
        for one in sets
        for dimension in one
    }
    assert NAMED.keys() <= known


@pytest.mark.parametrize(
    ("namespace", "metric", "dimensions"),
    [
        ("AWS/DynamoDB", "WriteThrottleEvents", {"TableName", "GlobalSecondaryIndexName"}),
        ("AWS/SNS", "NumberOfNotificationsFailedToRedriveToDlq", {"TopicName"}),
        ("AWS/SQS", "ApproximateAgeOfOldestMessage", {"QueueName"}),
        ("AWS/CodeBuild", "FailedBuilds", {"ProjectName"}),
        ("AWS/Lambda", "DeadLetterErrors", {"FunctionName"}),
    ],
)
def test_documented(namespace: str, metric: str, dimensions: set[str]) -> None:
    """What the documentation of a service names is there."""
    assert frozenset(dimensions) in METRICS[namespace][metric]


def test_undocumented() -> None:
    """What no service publishes is not: throttles by operation have no events."""
    assert (
        frozenset({"TableName", "Operation"}) not in METRICS["AWS/DynamoDB"]["WriteThrottleEvents"]
    )

"""What a killed deployment made is recognized by its name."""

from typing import Any

from payctl.adoption import adoptable


def create(type_: str, *actions: str, **after: object) -> dict[str, Any]:
    """Return an entry of a plan that makes something."""
    change = {"actions": list(actions or ["create"]), "after": after}
    return {"address": f"{type_}.x", "type": type_, "change": change}


def test_what_would_be_made_twice_is_imported() -> None:
    """By name, or by the ARN or URL that its import wants."""
    topic = "arn:aws:sns:us-east-1:1:payment-alerts-dev"
    queue = "https://sqs.us-east-1.amazonaws.com/1/payment-queue-dev"
    logs = "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/payment-x-dev:*"
    plan = {
        "resource_changes": [
            create("aws_s3_bucket", bucket="payment-audit-dev-1"),
            create("aws_sns_topic", name="payment-alerts-dev"),
            create("aws_sqs_queue", name="payment-queue-dev"),
            create("aws_cloudwatch_log_group", name="/aws/lambda/payment-x-dev"),
        ]
    }
    assert adoptable(plan, ["payment-audit-dev-1", topic, queue, logs]) == {
        "aws_s3_bucket.x": "payment-audit-dev-1",
        "aws_sns_topic.x": topic,
        "aws_sqs_queue.x": queue,
        "aws_cloudwatch_log_group.x": "/aws/lambda/payment-x-dev",
    }


def test_nothing_else_is() -> None:
    """What is not there, is not created, or has no name of its own."""
    plan = {
        "resource_changes": [
            create("aws_s3_bucket", bucket="payment-other-dev-1"),
            create("aws_dynamodb_table", "update", name="payment-table-dev"),
            create("aws_eip", name="payment-eip-dev"),
            create("aws_iam_role"),
        ]
    }
    left = ["payment-audit-dev-1", "payment-table-dev", "payment-eip-dev"]
    assert adoptable(plan, left) == {}

"""Whatever is left, the command that removes it is said."""

import pytest

from payctl.aws.removal import how_to_remove


@pytest.mark.parametrize(
    ("identity", "command"),
    [
        (
            "arn:aws:logs:us-east-1:1:log-group:/aws/lambda/payment-x-dev:*",
            "aws logs delete-log-group --log-group-name /aws/lambda/payment-x-dev",
        ),
        ("arn:aws:ec2:us-east-1:1:vpc/vpc-1", "aws ec2 delete-vpc --vpc-id vpc-1"),
        ("arn:aws:s3:::payment-audit-dev-1", "aws s3 rb s3://payment-audit-dev-1 --force"),
        (
            "arn:aws:ssm:us-east-1:1:parameter/payments/dev/x",
            "aws ssm delete-parameter --name /payments/dev/x",
        ),
        (
            "https://sqs.us-east-1.amazonaws.com/1/payment-queue-dev",
            "aws sqs delete-queue --queue-url https://sqs.us-east-1.amazonaws.com/1/payment-queue-dev",
        ),
        ("arn:aws:sns:us-east-1:1:t", "aws sns delete-topic --topic-arn arn:aws:sns:us-east-1:1:t"),
        ("arn:aws:newservice:us-east-1:1:thing/x", "remove it in the console of newservice"),
    ],
)
def test_the_command(identity: str, command: str) -> None:
    """By service, with the name, path or ARN that the command wants."""
    assert how_to_remove(identity) == command


def test_a_bare_name_may_be_either() -> None:
    """S3 and DynamoDB list names without ARNs."""
    said = how_to_remove("payment-x-dev")
    assert "s3 rb s3://payment-x-dev" in said
    assert "delete-table --table-name payment-x-dev" in said

"""Things made by hand under our names, which no state knows."""

import json
from typing import Final

from audit.drift import Class
from tests.payctl.hand import Hand, Tamper

TRUST: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"},
        }
    ],
}


def bucket(hand: Hand) -> str:
    """Extra bucket."""
    hand.client("s3").create_bucket(
        Bucket="payment-exports-dev",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    return "payment-exports-dev"


def role(hand: Hand) -> str:
    """Extra role."""
    hand.client("iam").create_role(
        RoleName="payment-helper-dev", AssumeRolePolicyDocument=json.dumps(TRUST)
    )
    return "payment-helper-dev"


def queue(hand: Hand) -> str:
    """Extra queue."""
    hand.client("sqs").create_queue(QueueName="payment-bypass-dev")
    return "payment-bypass-dev"


def topic(hand: Hand) -> str:
    """Extra topic."""
    hand.client("sns").create_topic(Name="payment-copy-dev")
    return "payment-copy-dev"


def table(hand: Hand) -> str:
    """Extra table."""
    hand.client("dynamodb").create_table(
        TableName="payment-copy-of-transactions-dev",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return "payment-copy-of-transactions-dev"


def tagged_bucket(hand: Hand) -> str:
    """Make a bucket whose name says nothing, but whose tags do."""
    s3 = hand.client("s3")
    s3.create_bucket(
        Bucket="somebodys-bucket",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    tags = [{"Key": "Environment", "Value": "dev"}, {"Key": "Project", "Value": "dynamo"}]
    s3.put_bucket_tagging(Bucket="somebodys-bucket", Tagging={"TagSet": tags})
    return "somebodys-bucket"


UNMANAGED: Final = (
    Tamper(name="extra bucket", kind=Class.UNMANAGED, does=bucket),
    Tamper(name="extra role", kind=Class.UNMANAGED, does=role),
    Tamper(name="extra queue", kind=Class.UNMANAGED, does=queue),
    Tamper(name="extra topic", kind=Class.UNMANAGED, does=topic),
    Tamper(name="extra table", kind=Class.UNMANAGED, does=table),
    Tamper(name="extra bucket with our tags", kind=Class.UNMANAGED, does=tagged_bucket),
)

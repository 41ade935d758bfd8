"""Things made by hand under our names, which no state knows."""

import json
from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper

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


def _bucket(hand: Hand, name: str) -> str:
    s3 = hand.client("s3")
    region = s3.meta.region_name  # AWS wants every region named but one.
    place = {} if region == "us-east-1" else {"LocationConstraint": region}
    s3.create_bucket(Bucket=name, **({"CreateBucketConfiguration": place} if place else {}))
    return name


@tamper(Class.UNMANAGED)
def bucket(hand: Hand) -> str:
    """Extra bucket."""
    return _bucket(hand, f"payment-exports-{hand.environment}")


@tamper(Class.UNMANAGED)
def role(hand: Hand) -> str:
    """Extra role."""
    made = hand.client("iam").create_role(
        RoleName=f"payment-helper-{hand.environment}", AssumeRolePolicyDocument=json.dumps(TRUST)
    )
    return str(made["Role"]["Arn"])


@tamper(Class.UNMANAGED)
def queue(hand: Hand) -> str:
    """Extra queue."""
    made = hand.client("sqs").create_queue(QueueName=f"payment-bypass-{hand.environment}")
    return str(made["QueueUrl"])


@tamper(Class.UNMANAGED)
def topic(hand: Hand) -> str:
    """Extra topic."""
    made = hand.client("sns").create_topic(Name=f"payment-copy-{hand.environment}")
    return str(made["TopicArn"])


@tamper(Class.UNMANAGED)
def table(hand: Hand) -> str:
    """Extra table."""
    name = f"payment-copy-of-transactions-{hand.environment}"
    hand.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


@tamper(Class.UNMANAGED)
def tagged_bucket(hand: Hand) -> str:
    """Extra bucket with our tags."""
    name = _bucket(hand, "somebodys-bucket")
    tags = {"Environment": hand.environment, "Project": "payments"}
    hand.client("s3").put_bucket_tagging(
        Bucket=name,
        Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]},
    )
    return f"arn:aws:s3:::{name}"


UNMANAGED: Final = (bucket, role, queue, topic, table, tagged_bucket)

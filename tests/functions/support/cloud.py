"""The AWS resources of a platform, made in whichever emulator the clients talk to."""

import json
from typing import Any

import boto3
from attrs import frozen

REGION = "eu-west-1"


@frozen(kw_only=True)
class Cloud:
    """Tables, queues, topic and buckets, and the environment variables that name them."""

    dynamodb: Any
    sqs: Any
    sns: Any
    s3: Any
    ssm: Any
    queue_url: str
    dead_letter_url: str
    topic_url: str
    environ: dict[str, str]

    def items(self, table: str) -> list[dict[str, Any]]:
        """Return every item of *table*."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        return [item for page in pages for item in page["Items"]]

    def transactions(self) -> list[dict[str, Any]]:
        """Return the items that are transactions."""
        return [item for item in self.items("transactions") if item["kind"]["S"] == "transaction"]

    def receive(self, url: str) -> list[str]:
        """Return the bodies of all visible messages and delete them."""
        bodies: list[str] = []
        while True:
            found = self.sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0
            ).get("Messages", [])
            if not found:
                return bodies
            for message in found:
                bodies.append(message["Body"])
                self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def published(self) -> list[dict[str, Any]]:
        """Return the payment events published since the last look, with their attribute."""
        envelopes = [json.loads(body) for body in self.receive(self.topic_url)]
        events = [json.loads(envelope["Message"]) for envelope in envelopes]
        types = [envelope["MessageAttributes"]["event_type"]["Value"] for envelope in envelopes]
        assert [event["event_type"] for event in events] == types
        return events


def build_cloud(endpoint_url: str | None = None) -> Cloud:
    """Make every resource; the clients must already have credentials."""

    def client(service: str) -> Any:
        return boto3.client(service, region_name=REGION, endpoint_url=endpoint_url)

    dynamodb, sqs, sns, s3, ssm = map(client, ("dynamodb", "sqs", "sns", "s3", "ssm"))
    _tables(dynamodb)
    dead_letter_url = sqs.create_queue(QueueName="dead-letters")["QueueUrl"]
    queue_url = sqs.create_queue(QueueName="payments", Attributes={"VisibilityTimeout": "0"})[
        "QueueUrl"
    ]
    topic_arn = sns.create_topic(Name="payment-events")["TopicArn"]
    topic_url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    listener_arn = sqs.get_queue_attributes(QueueUrl=topic_url, AttributeNames=["QueueArn"])[
        "Attributes"
    ]["QueueArn"]
    sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=listener_arn)
    for bucket in ("audit-bucket", "inbound-bucket"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    return Cloud(
        dynamodb=dynamodb,
        sqs=sqs,
        sns=sns,
        s3=s3,
        ssm=ssm,
        queue_url=queue_url,
        dead_letter_url=dead_letter_url,
        topic_url=topic_url,
        environ={
            "ENVIRONMENT": "test",
            "TRANSACTIONS_TABLE": "transactions",
            "AUDIT_TABLE": "audit",
            "IDEMPOTENCY_TABLE": "idempotency",
            "PAYMENT_QUEUE_URL": queue_url,
            "EVENT_TOPIC_ARN": topic_arn,
            "AUDIT_BUCKET": "audit-bucket",
            "INBOUND_BUCKET": "inbound-bucket",
            "PAYMENT_GATEWAY": "sandbox",
        },
    )


def _tables(dynamodb: Any) -> None:
    text = [
        {"AttributeName": name, "AttributeType": "S"} for name in ("transaction_id", "timestamp")
    ]
    key = [
        {"AttributeName": "transaction_id", "KeyType": "HASH"},
        {"AttributeName": "timestamp", "KeyType": "RANGE"},
    ]
    dynamodb.create_table(
        TableName="transactions",
        AttributeDefinitions=[
            *text,
            {"AttributeName": "outbox_shard", "AttributeType": "S"},
            {"AttributeName": "due_at", "AttributeType": "S"},
        ],
        KeySchema=key,
        GlobalSecondaryIndexes=[
            {
                "IndexName": "outbox",
                "KeySchema": [
                    {"AttributeName": "outbox_shard", "KeyType": "HASH"},
                    {"AttributeName": "due_at", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.create_table(
        TableName="audit",
        AttributeDefinitions=text,
        KeySchema=key,
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.create_table(
        TableName="idempotency",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )

"""What a delivery asks of its receiver: the actions, and what AWS tells about the request."""

from collections.abc import Mapping
from typing import Final

from audit.relation.delivery import EVENTS, Delivery
from audit.synthesized import Resource

SENDS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_cloudwatch_event_bus": ("events:PutEvents",),
    "aws_codebuild_project": ("codebuild:StartBuild",),
    "aws_codepipeline": ("codepipeline:StartPipelineExecution",),
    "aws_kinesis_firehose_delivery_stream": ("firehose:PutRecord",),
    "aws_kinesis_stream": ("kinesis:PutRecord",),
    "aws_lambda_function": ("lambda:InvokeFunction",),
    "aws_sfn_state_machine": ("states:StartExecution",),
    "aws_sns_topic": ("sns:Publish",),
    "aws_sqs_queue": ("sqs:SendMessage",),
}
"""What whoever sends to a resource does with it."""
FETCHES: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_dynamodb_table": (
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
    ),
    "aws_kinesis_stream": (
        "kinesis:DescribeStream",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
    ),
    "aws_sqs_queue": ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
}
"""What Lambda asks of the role of a function that is fed from a resource."""


def wanted(delivery: Delivery, receiver: Resource) -> tuple[str, ...]:
    """Return the actions that a delivery needs; none where its receiver takes no such thing."""
    return (FETCHES if delivery.fetches else SENDS).get(receiver.type, ())


def told(delivery: Delivery, receiver: Resource) -> Mapping[str, str | None]:
    """Return what AWS tells the receiver's policy, and that of its key, about a service's request.

    EventBridge tells topics nothing of where an event comes from, nor their keys.
    https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    """
    if delivery.service == EVENTS and receiver.type == "aws_sns_topic":
        return {"aws:sourcearn": None, "aws:sourceaccount": None, "aws:sourceorgid": None}
    return {"aws:sourcearn": delivery.source_arn}

"""Queues, topics and schedules."""

from typing import Final

from audit.cloudformation.mapping import Also, Inside, Mapped, Table
from audit.cloudformation.tables.reasons import TERRAFORM

MESSAGES: Final[Table] = {
    "aws_cloudwatch_event_rule": Mapped(type="AWS::Events::Rule", references={"name": "Ref"}),
    "aws_cloudwatch_event_target": Mapped(
        type="AWS::Events::Rule",
        inside=Inside(parent="rule", at="Targets[]"),
        names={"target_id": "Id"},
    ),
    "aws_sns_topic": Mapped(type="AWS::SNS::Topic", names={"name": "TopicName"}),
    "aws_sns_topic_policy": Mapped(
        type="AWS::SNS::TopicPolicy", names={"arn": "Topics", "policy": "PolicyDocument"}
    ),
    "aws_sns_topic_subscription": Mapped(
        type="AWS::SNS::Subscription",
        unmapped={
            "confirmation_timeout_in_minutes": TERRAFORM,
            "endpoint_auto_confirms": TERRAFORM,
        },
    ),
    "aws_sqs_queue": Mapped(
        type="AWS::SQS::Queue",
        names={
            "max_message_size": "MaximumMessageSize",
            "message_retention_seconds": "MessageRetentionPeriod",
            "name": "QueueName",
            "receive_wait_time_seconds": "ReceiveMessageWaitTimeSeconds",
            "visibility_timeout_seconds": "VisibilityTimeout",
        },
        references={"url": "Ref"},
        also=(
            Also(
                type="AWS::SQS::QueuePolicy", names={"policy": "PolicyDocument"}, owner="Queues[]"
            ),
        ),
    ),
}

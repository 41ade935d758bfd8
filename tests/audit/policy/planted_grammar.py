"""The planted policies that AWS refuses, or reads as nothing."""

from tests.audit.policy.planting import ROLE, Planted, access, put
from tests.audit.policy.planting_policies import (
    OWN,
    QUEUE_ARN,
    queue,
)
from tests.audit.sample_policies import allow, policy
from tests.audit.sample_resources import ROOT

MALFORMED: tuple[Planted, ...] = (
    access("iam-grammar", allow("sqs:SendMessage", "arn:aws:*:us-east-1:123456789012:q")),
    access("iam-grammar", allow("sqs:SendMessage", "arn:aws:sq?:us-east-1:123456789012:q")),
    access("iam-grammar", allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012")),
    access("iam-grammar", allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:1234:q")),
    access("iam-grammar", allow("sqs:SendMessage", "arn:amazon:sqs:us-east-1:123456789012:q")),
    access("iam-grammar", allow("sqs:SendMessage", "arn:aws:sqs:useast1:123456789012:q")),
    access(
        "iam-grammar", allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:$${aws:PrincipalAccount}:q")
    ),
    access("iam-grammar", allow("sqs:SendMessage", "**")),
    access("iam-grammar", allow("SendMessage", OWN)),
    access("iam-grammar", allow("*:SendMessage", OWN)),
    access(
        "iam-grammar", allow("logs:PutLogEvents", "arn:aws:logs:us-east-1:123456789012:log-group:g")
    ),
    access("iam-grammar", allow("sqs:SendMessage", QUEUE_ARN, Sid="a b")),
    access(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Sid="a"),
        allow("sqs:ReceiveMessage", QUEUE_ARN, Sid="a"),
    ),
    access("iam-grammar", allow("sqs:SendMessage", QUEUE_ARN, Principal="*")),
    access("iam-grammar", {"Effect": "Allow", "Action": "sqs:SendMessage"}),
    access("iam-grammar", allow("sqs:SendMessage", QUEUE_ARN, NotResource=QUEUE_ARN)),
    access(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Condition={"StringEqual": {"aws:SourceIp": "x"}}),
    ),
    access(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Condition={"StringEquals": {"aws:SourceAcount": "x"}}),
    ),
    access(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Condition={"IpAddress": {"aws:SourceIp": "x"}}),
    ),
    access(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Condition={"Bool": {"aws:SecureTransport": "yes"}}),
    ),
    access("iam-grammar"),
    access(
        "iam-grammar",
        *(allow("sqs:SendMessage", f"{QUEUE_ARN}{n}", Sid=f"S{n}") for n in range(200)),
    ),
    queue("iam-grammar", allow("s3:GetObject", QUEUE_ARN, Principal={"AWS": ROOT})),
    queue(
        "iam-grammar",
        allow("sqs:SendMessage", QUEUE_ARN, Principal={"AWS": "arn:aws:iam::123456789012:role/*"}),
    ),
    queue("iam-grammar", allow("sqs:SendMessage", QUEUE_ARN, Principal={"Service": "sns"})),
    put(
        "iam-grammar",
        "aws_sns_topic_policy.alerts_policy",
        "policy",
        policy(allow("sns:*", "*", Principal={"AWS": ROOT})),
    ),
    put(
        "iam-grammar",
        ROLE,
        "assume_role_policy",
        policy(allow("sts:AssumeRole", "*", Principal={"AWS": ROOT})),
    ),
    put(
        "iam-grammar",
        "aws_iam_role_policy.process_access",
        "policy",
        policy(allow("sqs:SendMessage", QUEUE_ARN)).replace("2012-10-17", "2008-10-17"),
    ),
)
"""What AWS refuses, or reads as nothing."""

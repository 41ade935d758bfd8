"""The policies of the sample platform, and the words to write them with."""

import json
from typing import Any

Document = dict[str, Any]
NAME = "${local.deployment_name}"
KEY = "${aws_kms_key.key.arn}"
OF_ACCOUNT = {"StringEquals": {"aws:SourceAccount": "${local.identity_account_id}"}}


def policy(*statements: Document) -> str:
    """Return a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: str, resource: str, **more: object) -> Document:
    """Return a statement that allows."""
    return {"Effect": "Allow", "Action": [action], "Resource": [resource], **more}


def tls_only(service: str, arn: str) -> Document:
    """Return the statement that denies what is not TLS."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sns:Publish" if service == "sns" else f"{service}:*",
        "Resource": [arn, f"{arn}/*"] if service == "s3" else arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def used_by(*services: str) -> Document:
    """Return the statement of a key's policy that lets AWS services use it for this account."""
    logs = "arn:aws:logs:${local.identity_region}:${local.identity_account_id}:log-group:*"
    of_logs = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}}
    return {
        "Effect": "Allow",
        "Principal": {"Service": list(services)},
        "Action": [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
        ],
        "Resource": "*",
        "Condition": of_logs if services[0].startswith("logs.") else OF_ACCOUNT,
    }


def trust(service: str) -> str:
    """Return a trust policy for an AWS service."""
    return policy(
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    )


def to_process() -> list[Document]:
    """Return what the function needs to be fed, to keep its failures, and to log."""
    streams = "${aws_cloudwatch_log_group.process_logs.arn}:*"
    fed = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    return [
        {**allow("", "${aws_sqs_queue.payments_queue.arn}"), "Action": fed},
        allow("sqs:SendMessage", "${aws_sqs_queue.failures_queue.arn}"),
        {**allow("", KEY), "Action": ["kms:Decrypt", "kms:GenerateDataKey"]},
        {**allow("", streams), "Action": ["logs:CreateLogStream", "logs:PutLogEvents"]},
    ]


def at_most() -> list[Document]:
    """Return what the boundary leaves open beside the table."""
    here = "${local.identity_region}:${local.identity_account_id}"
    queues = ["DeleteMessage", "GetQueueAttributes", "ReceiveMessage", "SendMessage"]
    logs = ["CreateLogStream", "DescribeLogStreams", "PutLogEvents"]
    return [
        {
            **allow("", f"arn:aws:sqs:{here}:payment-*-{NAME}"),
            "Action": [f"sqs:{one}" for one in queues],
        },
        {
            **allow("", f"arn:aws:kms:{here}:key/*"),
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        },
        {
            **allow("", f"arn:aws:logs:{here}:log-group:*"),
            "Action": [f"logs:{one}" for one in logs],
        },
        allow("logs:DescribeLogGroups", "*"),
    ]


def from_alarms(topic: str) -> Document:
    """Return the statement of a topic that lets alarms publish to it."""
    alarms = {"Principal": {"Service": "cloudwatch.amazonaws.com"}}
    return allow("sns:Publish", topic, **alarms, Condition=OF_ACCOUNT)

"""The planted siblings of wildcards inside ARNs and of foreign accounts."""

from tests.audit.policy.planting import PEER, ROLE, Planted, access, add, resource
from tests.audit.policy.planting_policies import (
    OWN,
    QUEUE_ARN,
    STRANGER,
    queue,
)
from tests.audit.sample_policies import allow, policy

WIDE: tuple[Planted, ...] = (
    access("least-privilege", allow("s3:GetObject", "arn:aws:s3:::*/*")),
    access("least-privilege", allow("s3:GetObject", "arn:aws:s3:::payment-*")),
    access("least-privilege", allow("s3:GetObject", "arn:*")),
    access("least-privilege", allow("dynamodb:GetItem", OWN.replace("payment-x-dev", "p*"))),
    access("least-privilege", allow("dynamodb:GetItem", OWN.replace("payment-x-dev", "payment-*"))),
    access(
        "least-privilege",
        allow(
            "iam:PassRole",
            "arn:aws:iam::123456789012:role/payment-x-dev",
            Condition={"StringLike": {"iam:PassedToService": "*"}},
        ),
    ),
    access("least-privilege", allow("s3:GetObject", "arn:aws:*:*:*:*")),
    access(
        "least-privilege", allow("sqs:SendMessage", "arn:aws:sqs:*:${local.identity_account_id}:q")
    ),
    access("least-privilege", allow("sqs:SendMessage", "arn:aws:sqs:us-east-1::q")),
    access("least-privilege", allow("sqs:Send?essage", QUEUE_ARN)),
    access("least-privilege", allow("dynamodb:GetItem", OWN.replace("payment-x-dev", "?*"))),
    access("least-privilege", allow("dynamodb:GetItem", "${data.aws_dynamodb_table.x.arn}")),
    access(
        "least-privilege", {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:x"}
    ),
    access(
        "least-privilege", allow("iam:PassRole", "arn:aws:iam::123456789012:role/payment-x-dev")
    ),
    add(
        "least-privilege",
        "aws_iam_group_policy.g",
        "policy",
        {"policy": policy(allow("s3:GetObject", "*"))},
    ),
    Planted(
        "least-privilege",
        ROLE,
        "inline_policy.policy",
        lambda d: resource(d, ROLE).update(
            inline_policy=[{"policy": policy(allow("s3:GetObject", "*"))}]
        ),
    ),
    add(
        "least-privilege",
        "aws_iam_policy_attachment.a",
        "policy_arn",
        {"policy_arn": "arn:aws:iam::aws:policy/PowerUserAccess"},
    ),
    add(
        "least-privilege",
        "aws_ssoadmin_permission_set_inline_policy.p",
        "inline_policy",
        {"inline_policy": policy(allow("*", "*"))},
    ),
)
"""Siblings of: a wildcard inside an ARN."""

FOREIGN: tuple[Planted, ...] = (
    queue(
        "cross-environment",
        allow(
            "sqs:SendMessage",
            QUEUE_ARN,
            Principal="*",
            Condition={"ArnLike": {"aws:SourceArn": f"arn:aws:sns:us-east-1:{STRANGER}:t"}},
        ),
    ),
    queue(
        "cross-environment",
        allow("sqs:SendMessage", QUEUE_ARN, Principal={"CanonicalUser": "79a59d"}),
    ),
    access("cross-environment", allow("s3:PutObject", "arn:aws:s3:::payment-*")),
    access("cross-environment", allow("s3:PutObject", "arn:aws:s3:::strangers-bucket/*")),
    add(
        "cross-environment",
        "aws_s3_bucket_replication_configuration.r",
        "rule[0].destination.bucket",
        {"rule": [{"destination": {"bucket": "arn:aws:s3:::strangers-bucket"}}]},
    ),
    queue(
        "cross-environment",
        allow(
            "sqs:SendMessage",
            QUEUE_ARN,
            Principal="*",
            Condition={"StringEquals": {"aws:PrincipalOrgID": "o-abcdefghij"}},
        ),
    ),
    access("cross-environment", allow("sqs:SendMessage", "arn:aws:sqs:us-west-2:23456789012?:q")),
    add(
        "cross-environment",
        "aws_lambda_permission.p",
        "principal",
        {"principal": STRANGER, "source_account": "123456789012"},
    ),
    add(
        "cross-environment",
        "aws_db_snapshot.s",
        "shared_accounts[0]",
        {"shared_accounts": [STRANGER]},
    ),
    add("cross-environment", "aws_ami_launch_permission.a", "account_id", {"account_id": STRANGER}),
    add(
        "cross-environment",
        "aws_vpc_peering_connection.p",
        "peer_owner_id",
        {"peer_owner_id": PEER},
    ),
    add(
        "cross-environment",
        "aws_cloudwatch_event_target.t",
        "arn",
        {"arn": f"arn:aws:sqs:us-east-1:{STRANGER}:q"},
    ),
    Planted(
        "cross-environment",
        "local.identity_certificate_arn",
        "",
        lambda d: d["locals"].update(
            identity_certificate_arn=f"arn:aws:acm:us-east-1:{STRANGER}:certificate/x"
        ),
    ),
)
"""Siblings of: a foreign account."""

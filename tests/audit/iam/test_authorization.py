"""Statements are judged by what AWS's reference says of actions, resources and keys."""

from typing import Any, Final

import pytest

from audit.iam.actions import KNOW_NO_RESOURCE
from audit.iam.authorization import complaints
from audit.iam.statement import Statement

pytest.importorskip("policy_sentry")

TABLE: Final = "arn:aws:dynamodb:eu-west-1:123456789012:table/payment-*-dev"
QUEUE: Final = "arn:aws:sqs:eu-west-1:123456789012:payment-dev"


def rules(actions: Any, resources: Any, **more: object) -> list[str]:
    """Return the rules that an allowing statement breaks."""
    block = {"Effect": "Allow", "Action": actions, "Resource": resources, **more}
    return [rule for rule, _ in complaints(Statement.of(block))]


@pytest.mark.parametrize(
    ("actions", "resources"),
    [
        ("dynamodb:PutItem", TABLE),
        (["dynamodb:Query"], [f"{TABLE}/index/*"]),
        ("dynamodb:*Item", TABLE),
        ("DYNAMODB:putitem", TABLE),
        ("s3:GetObject", "arn:aws:s3:::bucket/*"),
        ("s3:ListBucket", "arn:aws:s3:::bucket"),
        ("ec2:DescribeVpcs", "*"),
        (["sqs:SendMessage", "dynamodb:PutItem"], [QUEUE, TABLE]),
        ("logs:PutLogEvents", "arn:aws:logs:eu-west-1:123456789012:log-group:/x:log-stream:*"),
    ],
)
def test_what_fits_is_in_order(actions: Any, resources: Any) -> None:
    """An action on what it is about, or on `*` where it knows no resource."""
    assert rules(actions, resources) == []


@pytest.mark.parametrize(
    ("actions", "resources", "rule"),
    [
        ("dynamodb:PutItemm", TABLE, "unknown-action"),
        ("dynamo:PutItem", TABLE, "unknown-action"),
        ("sqs:Deliver*", QUEUE, "unknown-action"),
        ("dynamodb:PutItem", "*", "resource-star"),
        ("dynamodb:*", "*", "resource-star"),
        ("s3:GetObject", TABLE, "resource-mismatch"),
        ("s3:ListBucket", "arn:aws:s3:::bucket/*", "resource-mismatch"),
        ("ec2:DescribeVpcs", "arn:aws:ec2:eu-west-1:123456789012:vpc/*", "resource-mismatch"),
        ("sqs:SendMessage", [QUEUE, TABLE], "resource-mismatch"),
        (["sqs:SendMessage", "dynamodb:PutItem"], QUEUE, "resource-mismatch"),
    ],
)
def test_what_allows_nothing_is_found(actions: Any, resources: Any, rule: str) -> None:
    """A word that AWS does not have, and words that cannot be together."""
    assert f"authorization-{rule}" in rules(actions, resources)


def test_keys_must_be_the_services_own() -> None:
    """A service sends the keys that it has; those of all services have a rule of their own."""
    known = {"StringEquals": {"dynamodb:LeadingKeys": "a", "aws:SourceAccount": "1"}}
    assert rules("dynamodb:PutItem", TABLE, Condition=known) == []
    unknown = {"StringEquals": {"dynamodb:LeadingKey": "a"}}
    assert rules("dynamodb:PutItem", TABLE, Condition=unknown) == ["authorization-unknown-key"]


def test_a_denial_may_be_of_everything() -> None:
    """It allows nothing that would have to be narrowed."""
    assert rules("dynamodb:*", "*", Effect="Deny") == []


def test_the_actions_without_resources_are_known() -> None:
    """Our own list, which rules use without the reference, names actions that there are."""
    assert [action for action in KNOW_NO_RESOURCE if rules(action, "*")] == []

"""What statements say to a request, and that what cannot be told is no permission."""

from collections.abc import Mapping

import pytest

from audit.iam.statement import Statement
from audit.relation.request import Request

QUEUE = "arn:aws:sqs:eu-west-1:123456789012:payment-queue-dev"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:payment-events-dev"


def statement(**elements: object) -> Statement:
    """Return a statement that lets SNS send to the queue, but for *elements*."""
    block = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": QUEUE,
    }
    return Statement.of({**block, **elements})


def request(context: Mapping[str, str | None] | None = None) -> Request:
    """Return what SNS asks of the queue, for the topic."""
    told = {"aws:sourcearn": TOPIC, "aws:securetransport": "true"}
    return Request(
        callers=frozenset({"sns.amazonaws.com"}),
        action="sqs:SendMessage",
        resource=QUEUE,
        context=told if context is None else context,
    )


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"ArnEquals": {"aws:SourceArn": TOPIC}},
        {"ArnLike": {"AWS:SourceArn": "arn:aws:sns:*:123456789012:payment-*"}},
        {"ArnNotEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:other"}},
        {"Bool": {"aws:SecureTransport": True}},
        {"Null": {"aws:SourceArn": "false"}},
        {"StringEqualsIfExists": {"aws:SourceArn": TOPIC}},
    ],
)
def test_allowed(condition: Mapping[str, object]) -> None:
    """A condition that is known to hold lets the request through."""
    assert request().is_allowed_by([statement(Condition=condition)])


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:other"}},
        {"StringEquals": {"aws:PrincipalTag/team": "payments"}},
        {"StringMatches": {"aws:SourceArn": TOPIC}},
        {"Null": {"aws:SourceArn": "true"}},
        {"NumericEquals": {"aws:SourceArn": "1"}},
    ],
)
def test_not_surely_allowed(condition: Mapping[str, object]) -> None:
    """A condition that does not hold, or of which nobody can tell, does not."""
    assert not request().is_allowed_by([statement(Condition=condition)])


def test_key_that_aws_leaves_out() -> None:
    """What AWS is known not to tell fulfils no condition, but one that says what must not be."""
    untold = request({"aws:sourceaccount": None})
    wanted = {"aws:SourceAccount": "123456789012"}
    assert not untold.is_allowed_by([statement(Condition={"StringEquals": wanted})])
    assert untold.is_allowed_by([statement(Condition={"StringEqualsIfExists": wanted})])
    assert untold.is_allowed_by([statement(Condition={"StringNotEquals": wanted})])


@pytest.mark.parametrize(
    "elements",
    [
        {"Action": "sqs:Send*"},
        {"Action": "SQS:sendmessage"},
        {"Resource": "arn:aws:sqs:*:*:payment-*"},
        {"Principal": "*"},
    ],
)
def test_spellings(elements: Mapping[str, object]) -> None:
    """Patterns, cases and everybody are spellings of the same permission."""
    assert request().is_allowed_by([statement(**elements)])


@pytest.mark.parametrize(
    "elements",
    [
        {"Action": "sqs:ReceiveMessage"},
        {"Resource": f"{QUEUE}-other"},
        {"Principal": {"Service": "s3.amazonaws.com"}},
    ],
)
def test_other_requests(elements: Mapping[str, object]) -> None:
    """A statement about something else allows nothing."""
    assert not request().is_allowed_by([statement(**elements)])


def test_denied() -> None:
    """A Deny counts unless it is known not to hold."""
    allowed = statement()
    unsure = statement(Effect="Deny", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    other = statement(Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})
    everything = Statement.of(
        {"Effect": "Deny", "Principal": "*", "NotAction": "sqs:Receive*", "Resource": "*"}
    )
    assert request().is_allowed_by([allowed, other])
    assert not request().is_allowed_by([allowed, unsure])
    assert not request().is_allowed_by([allowed, everything])

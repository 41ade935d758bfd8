"""ARNs are taken apart as IAM does."""

import pytest

from audit.iam.arn import Arn, accounts


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:s3:::bucket/a:b",
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/x:*",
        "arn:aws:s3:::bucket/$${aws:username}/*",
        "arn:aws:kms:us-east-1:123456789012:key/${aws_kms_key.k.key_id}",
        "arn:aws:sqs:us-east-1:$${aws:PrincipalAccount}:q",
        'arn:aws:sqs:${local.x["a:b"]}:123456789012:q',
    ],
)
def test_round_trip(text: str) -> None:
    """What is taken apart is the same when put together; no colon inside an expression counts."""
    arn = Arn.parse(text)
    assert str(arn) == text
    assert arn.partition == "aws"


def test_kinds() -> None:
    """The kind of a resource is what stands before its name."""
    assert Arn.parse("arn:aws:logs:r:1:log-group:/aws/x:*").kind == "log-group"
    assert Arn.parse("arn:aws:s3:::bucket/key").kind == ""
    assert Arn.parse("arn:aws:sqs:r:1:name").kind == ""


@pytest.mark.parametrize("text", ["", "*", "arn:*", "arn:aws:s3", "aws:arn:s3:::b"])
def test_no_arn(text: str) -> None:
    """What has not six parts is none."""
    with pytest.raises(ValueError, match="must be arn:"):
        Arn.parse(text)


def test_accounts() -> None:
    """Accounts are found in ARNs, in names of buckets and bare; never in UUIDs."""
    assert accounts("arn:aws:iam::123456789012:root") == ("123456789012",)
    assert accounts("payment-state-dev-123456789012") == ("123456789012",)
    assert accounts("123456789012") == ("123456789012",)
    assert accounts("certificate/11111111-1111-4111-8111-111111111111") == ()
    assert accounts("1234567890123") == ()

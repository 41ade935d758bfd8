"""What the models of AWS's APIs say of a value holds."""

from typing import Any

import pytest

from payctl.judges.service_models import OPERATIONS, of_models


def refused(type_: str, **properties: Any) -> list[tuple[tuple[str, ...], str]]:
    """Return path and message of what is wrong with a resource."""
    template = {"Resources": {"R": {"Type": type_, "Properties": properties}}}
    return [(c.path, c.message) for c in of_models("s", template)]


@pytest.mark.parametrize(
    ("type_", "properties", "path", "message"),
    [
        ("AWS::Lambda::Function", {"MemorySize": 64}, ("MemorySize",), "128 to"),
        ("AWS::Lambda::Function", {"Architectures": ["arm"]}, ("Architectures", "0"), "one of"),
        ("AWS::IAM::Role", {"RoleName": "a b"}, ("RoleName",), "what matches"),
        ("AWS::IAM::Role", {"RoleName": "a" * 65}, ("RoleName",), "1 to 64 characters"),
        (
            "AWS::DynamoDB::Table",
            {"KeySchema": [{"AttributeName": "id", "KeyType": "SORT"}]},
            ("KeySchema", "0", "KeyType"),
            "one of HASH, RANGE",
        ),
    ],
)
def test_what_a_model_refuses(
    type_: str, properties: dict[str, Any], path: tuple[str, ...], message: str
) -> None:
    """Values of a list, a pattern, a length and a range, however deep."""
    [(found, said)] = refused(type_, **properties)
    assert found == path
    assert message in said


def test_what_is_in_order_or_unknown() -> None:
    """Sound values, references, names that the API does not have and types that are not listed."""
    assert refused("AWS::Lambda::Function", MemorySize=128, Role={"Ref": "X"}, Other=1) == []
    assert refused("AWS::S3::Bucket", BucketName="") == []


@pytest.mark.parametrize("type_", OPERATIONS)
def test_every_operation_is_there(type_: str) -> None:
    """A call that botocore does not have would be an exception in the middle of judging."""
    assert refused(type_) == []

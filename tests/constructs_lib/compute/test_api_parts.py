"""A deployment of an API is made anew whenever anything that it copies is written otherwise."""

from typing import Any

import pytest

from constructs_lib.compute.api_parts import parts_digest
from tests.audit.sample import synthesized


@pytest.mark.parametrize(
    ("type_", "attribute", "value"),
    [
        ("aws_api_gateway_integration", "timeout_milliseconds", 5_000),
        ("aws_api_gateway_method", "authorization", "NONE"),
        ("aws_api_gateway_model", "schema", '{"type":"object","required":["other"]}'),
        ("aws_api_gateway_request_validator", "validate_request_body", False),
        ("aws_api_gateway_resource", "path_part", "other"),
        ("aws_api_gateway_rest_api", "binary_media_types", ["image/png"]),
    ],
)
def test_changed(type_: str, attribute: str, value: Any) -> None:
    """A change of any part is another digest."""
    document = synthesized("dev")
    before = parts_digest(document)
    (part,) = document["resource"][type_].values()
    part[attribute] = value
    assert parts_digest(document) != before


def test_same_everywhere() -> None:
    """The same API has the same digest in every environment, and whatever else changes."""
    document = synthesized("dev")
    document["resource"]["aws_sqs_queue"]["payments_queue"]["delay_seconds"] = 1
    document["resource"]["aws_api_gateway_stage"]["stage"]["description"] = "other"
    assert parts_digest(document) == parts_digest(synthesized("prod"))

"""AWS's schemas, as cfn-lint ships them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

from audit.cloudformation.bridge import Bridged, bridged, types
from audit.synthesized import Stack

Bridge = Callable[..., Bridged]


@pytest.fixture(scope="session")
def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The schema of each type that a table names."""
    return {
        type_: PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
        for type_ in types()
    }


@pytest.fixture
def bridge(schemas: Mapping[str, Mapping[str, Any]]) -> Bridge:
    """Return what says a document of resources in CloudFormation."""

    def said(resources: Mapping[str, Any], **locals_: object) -> Bridged:
        provider = {"aws": [{"region": "eu-west-1", "allowed_account_ids": ["123456789012"]}]}
        document = {"resource": resources, "locals": locals_, "provider": provider}
        return bridged(Stack.from_json("a", document), schemas)

    return said

"""The gateway endpoints lead to this account's buckets and tables only."""

import json

import pytest

from tests.conftest import Synthesis


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_endpoints_lead_nowhere_else(environment: str, payments: Synthesis) -> None:
    """Neither another account's data nor another account's caller passes."""
    stack = payments.stack(environment).resolved
    account = stack.locals["identity_account_id"]
    endpoints = list(stack.resources("aws_vpc_endpoint"))
    assert len(endpoints) == 2
    for endpoint in endpoints:
        (statement,) = json.loads(endpoint.config["policy"])["Statement"]
        assert statement["Condition"] == {
            "StringEquals": {"aws:ResourceAccount": account, "aws:PrincipalAccount": account}
        }

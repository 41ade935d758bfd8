"""What is attached from outside is found, whichever resource carries it; what is ours is not.

The account is moto's, an implementation of AWS that knows nothing of this project.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from moto import mock_aws

from payctl.access import Access
from payctl.attached.table import ATTACHMENTS

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"
NOT_IN_MOTO: Final = {
    "lambda.get_layer_version_policy": "moto has no permissions of layers",
    "lambda.list_provisioned_concurrency_configs": "moto has no provisioned concurrency",
    "lambda.get_function_code_signing_config": "moto returns an empty configuration",
    "apigateway.get_gateway_responses": "",
}


@pytest.fixture
def access(monkeypatch: pytest.MonkeyPatch) -> Iterator[Access]:
    """The way into an empty account."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield Access(region=REGION, account_id=ACCOUNT)


def test_everything_answers(access: Access) -> None:
    """Probe"""
    for row in ATTACHMENTS:
        pass

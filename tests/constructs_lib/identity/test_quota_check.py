"""A plan asks Service Quotas for what the environment declares."""

import pytest

from model.quota import QUOTAS
from tests.conftest import Synthesize


@pytest.mark.parametrize(
    ("platform", "executions"),
    [("payments", "local.account_concurrent_executions"), ("dynamo", "1000")],
)
def test_every_quota_is_asked_for(platform: str, executions: str, synthesize: Synthesize) -> None:
    """A declared value is a local in the flagship, and a literal where the platform fixes it."""
    asked = synthesize(platform).stack("prod").body["data"]["aws_servicequotas_service_quota"]
    assert {block["quota_code"] for block in asked.values()} == {q.quota_code for q in QUOTAS}
    (condition,) = asked["concurrent_executions"]["lifecycle"]["postcondition"]
    assert condition["condition"] == f"${{self.value >= {executions}}}"

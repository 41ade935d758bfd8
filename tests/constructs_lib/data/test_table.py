"""Records of what happened are added to, and by nobody changed."""

import json
import re

import pytest

from tests.conftest import Synthesis


def test_the_audit_table_is_only_added_to(payments: Synthesis) -> None:
    """No role may update or delete an item of the table of audit records."""
    writes: dict[str, set[str]] = {}
    for policy in payments.stack("prod").resources("aws_iam_role_policy"):
        for statement in json.loads(re.sub(r"\$\{[^}]*\}", "_", policy.config["policy"]))[
            "Statement"
        ]:
            if statement.get("Sid", "").endswith("Audit"):
                writes.setdefault(statement["Sid"], set()).update(_listed(statement["Action"]))
    assert writes.get("AppendAudit") == {"dynamodb:PutItem"}
    assert not {"dynamodb:UpdateItem", "dynamodb:DeleteItem"} & set().union(*writes.values())


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.parametrize("table", ["transactions", "idempotency"])
def test_what_changes_may_be_changed(payments: Synthesis, table: str) -> None:
    """Processing updates what it keeps the state of payments in."""
    texts = [
        policy.config["policy"]
        for policy in payments.stack("prod").resources("aws_iam_role_policy")
        if policy.config["name"] == "processing"
    ]
    assert any(f"Write{table.title()}" in text for text in texts)

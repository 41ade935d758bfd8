"""IAM policies as values, and the JSON documents they become."""

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from attrs import frozen

Condition = Mapping[str, Mapping[str, object]]


@frozen
class Raw:
    """A Terraform expression, such as `local.zones`, that stands in JSON unquoted."""

    expression: str


@frozen(kw_only=True)
class Statement:
    """One statement of an IAM policy.

    Attributes:
        resources: ARNs; "*" only for actions that know no resource.

        principals: Who, in the policies of resources and roles: "Service", "AWS" or "*".
    """

    sid: str
    actions: Sequence[str]
    resources: Sequence[str] = ()
    effect: Literal["Allow", "Deny"] = "Allow"
    principals: Mapping[str, object] | Literal["*"] | None = None
    condition: Condition | None = None

    def to_json(self) -> dict[str, object]:
        """Return the statement as IAM spells it."""
        block: dict[str, object] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals is not None:
            block["Principal"] = self.principals
        block["Action"] = list(self.actions)
        if self.resources:
            block["Resource"] = list(self.resources)
        if self.condition is not None:
            block["Condition"] = self.condition
        return block


def document(*statements: Statement) -> str:
    """Return the policy document of *statements*."""
    return json_template(
        {"Version": "2012-10-17", "Statement": [one.to_json() for one in statements]}
    )


def tls_only(action: str, *resources: str) -> Statement:
    """Return what denies everybody *action* on *resources* without TLS [K2]."""
    return Statement(
        sid="TlsOnly",
        effect="Deny",
        principals="*",
        actions=[action],
        resources=resources,
        condition={"Bool": {"aws:SecureTransport": "false"}},
    )


def trust(service: str, account_id: str) -> str:
    """Return the trust policy of a role that only *service* may take, for this account only."""
    return document(
        Statement(
            sid="Trust",
            actions=["sts:AssumeRole"],
            principals={"Service": service},
            condition={"StringEquals": {"aws:SourceAccount": account_id}},
        )
    )


def json_template(value: object) -> str:
    """Return *value* as JSON in which each `Raw` is an interpolation: numbers and lists stay so."""
    marks: list[str] = []

    def mark(raw: object) -> str:
        if not isinstance(raw, Raw):
            raise TypeError(f"cannot write {raw!r} as JSON")
        marks.append(raw.expression)
        return f"@raw:{len(marks) - 1}@"

    text = json.dumps(value, default=mark, separators=(",", ":"))
    for index, expression in enumerate(marks):
        text = text.replace(f'"@raw:{index}@"', f"${{jsonencode({expression})}}")
    return text

"""Policies that are known are judged by AWS's reference and by cloudsplaining."""

import importlib.util
import json
import sys

import pytest

from audit.errors import CouldNotCheckError, UnknownFormatError
from audit.iam.scanners import iam_findings
from audit.synthesized import Stack

INSTALLED = bool(importlib.util.find_spec("cloudsplaining"))
TABLE = "arn:aws:dynamodb:eu-west-1:123456789012:table/payment-transactions-dev"


def state(policy: object, boundary: str = "") -> object:
    """Return a state with one policy and one role."""
    policy_values = {"policy": policy, "arn": "arn:aws:iam::1:policy/p"}
    resources = [
        {
            "address": "aws_iam_policy.p",
            "type": "aws_iam_policy",
            "name": "p",
            "values": policy_values,
        },
        {
            "address": "aws_iam_role.r",
            "type": "aws_iam_role",
            "values": {"permissions_boundary": boundary},
        },
    ]
    return {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}


def allow(resource: str, *actions: str) -> str:
    """Return a policy."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_unknown_policy() -> None:
    """A policy that is not known yet is a finding, and not passed over."""
    [finding] = iam_findings(state(None))
    assert finding.rule == "iam-unknown"


def synthesized(resource: str) -> Stack:
    """Return the stack from which that state was made."""
    resources = {"aws_iam_policy": {"p": {"policy": allow(resource, "sqs:SendMessage")}}}
    return Stack.from_json("s", {"resource": resources})


def test_unknown_without_example() -> None:
    """What refers to a resource of which we have no ARN stays unknown."""
    [finding] = iam_findings(state(None), synthesized("${aws_x.y.arn}"))
    assert finding.rule == "iam-unknown"


def test_no_policies() -> None:
    """Nothing to judge is an error."""
    with pytest.raises(CouldNotCheckError):
        iam_findings({"format_version": "1.0"})


def test_unknown_format() -> None:
    """A document in an unknown format is an error."""
    with pytest.raises(UnknownFormatError):
        iam_findings({})


@pytest.mark.parametrize(
    "tool", ["policy_sentry.shared.iam_data", "cloudsplaining.scan.policy_document"]
)
def test_not_installed(tool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the scanners nothing passes."""
    monkeypatch.setitem(sys.modules, tool, None)
    with pytest.raises(CouldNotCheckError, match="must be installed"):
        iam_findings(state(allow(TABLE, "dynamodb:PutItem")))


@pytest.mark.skipif(not INSTALLED, reason="cloudsplaining is not installed")
class TestJudged:
    """With the scanners at hand."""

    def test_narrow(self) -> None:
        """A narrow policy, and actions that know no resource, are in order."""
        assert iam_findings(state(allow(TABLE, "dynamodb:PutItem"))) == ()
        assert iam_findings(state(allow("*", "xray:PutTraceSegments"))) == ()

    @pytest.mark.parametrize(
        ("resource", "actions", "rule"),
        [
            (TABLE, ["dynamodb:PutItemm"], "authorization-unknown-action"),
            (TABLE, ["s3:GetObject"], "authorization-resource-mismatch"),
            ("*", ["dynamodb:PutItem"], "authorization-resource-star"),
            ("*", ["dynamodb:*"], "cloudsplaining-service-wildcard"),
            ("*", ["s3:GetObject"], "cloudsplaining-allows-data-exfiltration-actions"),
            ("*", ["iam:CreatePolicyVersion"], "cloudsplaining-privilege-escalation"),
        ],
    )
    def test_wide(self, resource: str, actions: list[str], rule: str) -> None:
        """What is wrong or wide is found."""
        found = iam_findings(state(allow(resource, *actions)))
        assert rule in {finding.rule for finding in found}

    def test_not_known_yet(self) -> None:
        """In a first plan a policy is judged as synthesized, by the kind of what it refers to."""
        assert iam_findings(state(None), synthesized("${aws_sqs_queue.q.arn}")) == ()
        found = iam_findings(state(None), synthesized("${aws_sns_topic.t.arn}"))
        assert {finding.rule for finding in found} == {"authorization-resource-mismatch"}

    def test_boundary(self) -> None:
        """A boundary grants nothing, and is judged all the same: it must not be wide in vain."""
        policy = allow("*", "dynamodb:*")
        found = iam_findings(state(policy, boundary="arn:aws:iam::1:policy/p"))
        assert "cloudsplaining-service-wildcard" in {finding.rule for finding in found}

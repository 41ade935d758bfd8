"""Files of strangers in which a check that looks at spellings finds nothing.

Each folder of `cases` is a kind: public reports of scanners that let it pass. Where it comes from:
prowler#2565, #2848, #1481; checkov#5718, #6156, #691; cnspec#3706; defsec#491.
"""

import datetime as dt
import json
from pathlib import Path

import pytest

from audit.policy.evaluate import evaluate
from audit.synthesized import Stack

CASES = Path(__file__).parent / "cases"
EXPECTED = {
    "foreign-account": ("cross-environment", ("aws_s3_bucket_policy.b", "aws_kms_grant.g")),
    "iam-wildcard-inside-arn": (
        "least-privilege",
        ("aws_iam_role_policy.p", "aws_iam_role_policy_attachment.a", "aws_iam_user_policy.u"),
    ),
    "kms-key-of-aws": ("encryption", ("aws_sqs_queue.q",)),
    "module-is-not-judged": ("policy-documents", ("module.store",)),
    "public-with-any-condition": ("public-access", ("aws_s3_bucket_policy.b",)),
    "tls-deny-too-narrow": ("tls", ("aws_s3_bucket.b",)),
}
BAD = sorted(file for file in CASES.glob("*/*.json") if not file.name.startswith("good"))
GOOD = sorted(CASES.glob("*/good*.json"))


def found(file: Path) -> set[tuple[str, str]]:
    """Return the rules that find something, and where."""
    document = json.loads(file.read_text(encoding="utf-8"))
    stack = Stack.from_json("payments-dev", document)
    today = dt.date(2026, 11, 25)
    return {(one.rule, one.where) for one in evaluate({"payments-dev": stack}, today=today)}


@pytest.mark.parametrize("file", BAD, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_bad(file: Path) -> None:
    """The rule finds the case, where it is."""
    rule, places = EXPECTED[file.parent.name]
    assert found(file) & {(rule, place) for place in places}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_good(file: Path) -> None:
    """The same without the fault is in order."""
    rule, _ = EXPECTED[file.parent.name]
    assert rule not in {one for one, _ in found(file)}


def test_every_kind_is_here() -> None:
    """No kind is without a case."""
    assert {file.parent.name for file in BAD} == set(EXPECTED)

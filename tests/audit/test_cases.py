"""Inputs from public issues that passed once; each README says where one is from."""

import json
from pathlib import Path

import pytest

from audit.parity import compare
from audit.policy.evaluate import evaluate
from audit.synthesized import Stack

CASES = Path(__file__).parent / "cases"
ATTRIBUTE = ("decisions", "aws_sqs_queue.q", "visibility_timeout_seconds")
EXPECTED = {
    "branch-on-environment-name/a_name": ATTRIBUTE,
    "branch-on-environment-name/b_lookup": ATTRIBUTE,
    "branch-on-environment-name/c_length": ATTRIBUTE,
    "branch-on-environment-name/d_count": ("decisions", "aws_sqs_queue.q", "count"),
    "module-is-not-judged/a": ("inputs", "module", ""),
    "secret-outside-resources/a_provider": ("secrets", "provider.aws", "[0].secret_key"),
    "secret-outside-resources/b_output": ("secrets", "output.db_password", "value"),
    "secret-outside-resources/c_data": (
        "secrets",
        "aws_lambda_function.f",
        "environment.variables.DB_PASSWORD",
    ),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_a_case_is_found(case: str) -> None:
    """The document of the case has its finding at its attribute."""
    document = json.loads((CASES / f"{case}.tf.json").read_text())
    stacks = {
        name: Stack.from_json(name, {**document, "locals": {"identity_name": name}})
        for name in ("dev", "prod")
    }
    found = [*compare(stacks, {"identity_name": None}), *evaluate(stacks)]
    assert EXPECTED[case] in {(f.rule, f.where, f.path) for f in found}


def test_every_case_is_expected() -> None:
    """No document lies beside the test without being asked."""
    there = {str(f.relative_to(CASES))[: -len(".tf.json")] for f in CASES.glob("*/*.tf.json")}
    assert there == set(EXPECTED)


def test_comments_of_a_module_are_no_difference() -> None:
    """What cdktf writes about a module names the environment, and is a comment."""
    folder = CASES / "module-is-not-judged"
    stacks = {
        name: Stack.from_json(name, json.loads((folder / file).read_text()))
        for name, file in (("dev", "b_dev.json"), ("prod", "c_prod.json"))
    }
    assert compare(stacks, {}) == ()

"""The judges themselves, where they are installed, find what AWS would refuse."""

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
from attrs import frozen

from audit.synthesized import FILE, Stack
from payctl.judges.environment import is_installed
from payctl.judges.judged import judged_stacks
from tests.conftest import Synthesis

Body = dict[str, Any]
Found = Mapping[str, set[tuple[str, str]]]
STACK: Final = "payments-prod"


@frozen(kw_only=True)
class Defect:
    """A way to spoil the flagship.

    Attributes:
        spoil: Does it, in the document of a stack.

        type: The Terraform type at which it is found.

        rules: The rules that find it.
    """

    spoil: Callable[[Body], None]
    type: str
    rules: frozenset[str]


def put(type_: str, attribute: str, value: object, *rules: str) -> Defect:
    """Return the defect of resources of a type whose attribute has a value."""

    def spoil(body: Body) -> None:
        for config in body["resource"][type_].values():
            config[attribute] = value

    return Defect(spoil=spoil, type=type_, rules=frozenset(rules))


def policy(resource: str) -> str:
    """Return a policy about *resource*."""
    statement = {"Effect": "Deny", "Action": ["sqs:*"], "Resource": [resource]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


DEFECTS: Final = {
    "a wildcard for the service of an ARN": put(
        "aws_iam_policy", "policy", policy("arn:aws:*:*:*:*payment-x"), "E3510"
    ),
    "a runtime that Lambda no longer makes": put(
        "aws_lambda_function", "runtime", "python3.7", "E2531"
    ),
    "too little memory": put("aws_lambda_function", "memory_size", 64, "E3034", "F3034"),
    "an engine version that never was": put(
        "aws_rds_cluster", "engine_version", "17.99", "E3690", "E9006"
    ),
    "an instance class that never was": put(
        "aws_rds_cluster_instance", "instance_class", "db.r6g.tiny", "E3025"
    ),
    "batches without a window, of the rule pack": put(
        "aws_lambda_event_source_mapping", "batch_size", 100, "pf-lambda-esm-batchsize-window"
    ),
    "visibility below the timeout of the function": put(
        "aws_sqs_queue", "visibility_timeout_seconds", 1, "E3505"
    ),
}


@pytest.fixture(scope="module")
def found(payments: Synthesis) -> Found:
    """Return rule and type of what is found in the flagship as it is, and with every defect."""
    if not is_installed():
        pytest.skip("the judges of CloudFormation are not installed")
    document = json.loads((payments.output / "stacks" / STACK / FILE).read_text())
    spoilt = copy.deepcopy(document)
    for defect in DEFECTS.values():
        defect.spoil(spoilt)
    documents = {"sound": document, "spoilt": spoilt}
    verdict = judged_stacks({name: Stack.from_json(name, d) for name, d in documents.items()})
    return {
        name: {(f.rule, f.where.partition(".")[0]) for f in verdict.findings if name in f.values}
        for name in documents
    }


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect: str, found: Found) -> None:
    """Each by its rules at its resource."""
    expected = {(rule, DEFECTS[defect].type) for rule in DEFECTS[defect].rules}
    assert expected <= found["spoilt"]


def test_the_flagship_is_sound(found: Found) -> None:
    """Where nothing is planted, nothing is found."""
    assert found["sound"] == set()

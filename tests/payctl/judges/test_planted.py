"""The judges themselves, where they are installed, find what AWS would refuse."""

import copy
import json
from collections.abc import Mapping
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
        planted: What attributes of every resource of a type become, as `type.attribute`.

        type: The Terraform type at which it is found.

        rules: The rules that find it.
    """

    planted: Mapping[str, object]
    type: str
    rules: frozenset[str]

    def spoil(self, body: Body) -> None:
        """Plant it in the document of a stack."""
        for path, value in self.planted.items():
            type_, _, attribute = path.partition(".")
            for config in body["resource"][type_].values():
                config[attribute] = value


def defect(type_: str, planted: Mapping[str, object], *rules: str) -> Defect:
    """Return a defect of attributes that is found at a type, or at the type that it is of."""
    return Defect(planted=planted, type=type_, rules=frozenset(rules))


def policy(effect: str, action: str, resource: str, **more: object) -> str:
    """Return a policy of one statement."""
    statement = {"Effect": effect, "Action": [action], "Resource": [resource], **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


LOCKED: Final = policy("Allow", "kms:Decrypt", "*", Principal={"AWS": "arn:aws:iam::1:role/x"})
GLACIER_FIRST: Final = {
    "id": "age",
    "status": "Enabled",
    "filter": [{"prefix": "x"}],
    "transition": [
        {"days": 10, "storage_class": "STANDARD_IA"},
        {"days": 30, "storage_class": "GLACIER"},
    ],
}
DEFECTS: Final = {
    "a wildcard for the service of an ARN": defect(
        "aws_iam_policy",
        {"aws_iam_policy.policy": policy("Deny", "sqs:*", "arn:aws:*:*:*:*payment-x")},
        "E3510",
    ),
    "a runtime that Lambda no longer makes": defect(
        "aws_lambda_function", {"aws_lambda_function.runtime": "python3.7"}, "E2531"
    ),
    "too little memory": defect(
        "aws_lambda_function",
        {"aws_lambda_function.memory_size": 64},
        "E3034",
        "F3034",
        "service-model",
    ),
    "an engine version that never was": defect(
        "aws_rds_cluster", {"aws_rds_cluster.engine_version": "17.99"}, "E3690", "E9006"
    ),
    "an instance class that never was": defect(
        "aws_rds_cluster_instance",
        {"aws_rds_cluster_instance.instance_class": "db.r6g.tiny"},
        "E3025",
    ),
    "visibility below the timeout of the function": defect(
        "aws_sqs_queue", {"aws_sqs_queue.visibility_timeout_seconds": 1}, "E3505"
    ),
    "batches without a window": defect(
        "aws_lambda_event_source_mapping",
        {"aws_lambda_event_source_mapping.batch_size": 100},
        "pf-lambda-esm-batchsize-window",
    ),
    "more at once than the function has reserved": defect(
        "aws_lambda_event_source_mapping",
        {
            "aws_lambda_event_source_mapping.scaling_config": {"maximum_concurrency": 1000},
            "aws_lambda_function.reserved_concurrent_executions": 100,
        },
        "pf-lambda-esm-max-concurrency-vs-reserved",
    ),
    "alarms for a topic whose key they cannot use": defect(
        "aws_cloudwatch_metric_alarm",
        {"aws_sns_topic.kms_master_key_id": "alias/aws/sns"},
        "pf-sns-aws-managed-key-delivery",
    ),
    "a function that an API would not call by POST": defect(
        "aws_api_gateway_integration",
        {"aws_api_gateway_integration.integration_http_method": "GET"},
        "pf-apigw-lambda-integration-post",
    ),
    "objects that sleep too early": defect(
        "aws_s3_bucket_lifecycle_configuration",
        {"aws_s3_bucket_lifecycle_configuration.rule": [GLACIER_FIRST]},
        "pf-s3-lifecycle-days-order",
    ),
    "a key that nobody could change": defect(
        "aws_kms_key", {"aws_kms_key.policy": LOCKED}, "pf-kms-key-policy-lockout"
    ),
}


@pytest.fixture(scope="module")
def found(payments: Synthesis) -> Found:
    """Return rule and type of what is found in the flagship as it is, and with every defect."""
    if not is_installed():
        pytest.skip("the validators of CloudFormation are not installed")
    document = json.loads((payments.output / "stacks" / STACK / FILE).read_text())
    spoilt = copy.deepcopy(document)
    for planted in DEFECTS.values():
        planted.spoil(spoilt)
    documents = {"sound": document, "spoilt": spoilt}
    verdict = judged_stacks({name: Stack.from_json(name, d) for name, d in documents.items()})
    return {
        name: {(f.rule, f.where.partition(".")[0]) for f in verdict.findings if name in f.values}
        for name in documents
    }


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(name: str, found: Found) -> None:
    """Each by its rules at its resource."""
    expected = {(rule, DEFECTS[name].type) for rule in DEFECTS[name].rules}
    assert expected <= found["spoilt"]


def test_the_flagship_is_sound(found: Found) -> None:
    """Where nothing is planted, nothing is found."""
    assert found["sound"] == set()

"""Defects planted in every template: a validator that misses one did not check."""

from collections.abc import Mapping
from typing import Any, Final

_ROLE: Final = "arn:aws:iam::123456789012:role/planted"
_CODE: Final = {"S3Bucket": "planted", "S3Key": "planted"}

PLANTED: Final[Mapping[str, Mapping[str, Any]]] = {
    "PlantedPolicy": {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {
            "PolicyDocument": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Deny", "Action": ["sqs:*"], "Resource": ["arn:aws:*:*:*:*planted"]}
                ],
            }
        },
    },
    "PlantedFunction": {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Code": _CODE,
            "Handler": "planted.handle",
            "MemorySize": 64,
            "Role": _ROLE,
            "Runtime": "python3.13",
        },
    },
    "PlantedQueue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "planted"}},
    "PlantedSource": {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "BatchSize": 100,
            "EventSourceArn": {"Fn::GetAtt": ["PlantedQueue", "Arn"]},
            "FunctionName": {"Ref": "PlantedFunction"},
        },
    },
}
"""Resources by logical id."""

BY_ENGINE: Final = frozenset(
    {
        ("PlantedPolicy", "E3510"),
        ("PlantedFunction", "F3034"),
        ("PlantedSource", "pf-lambda-esm-batchsize-window"),
    }
)
"""What the engine must find: by a rule of its own, by a schema, and by the rule pack."""

BY_CFN_LINT: Final = frozenset({("PlantedFunction", "E3034")})
"""What cfn-lint must find."""


BY_MODELS: Final = frozenset({("PlantedFunction", "service-model")})
"""What the models of the APIs must refuse."""


def with_planted(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return *template* with the defects beside its own resources."""
    return {**template, "Resources": {**template["Resources"], **PLANTED}}

"""Puts example ARNs into policies that refer to what does not exist yet: they can be judged then.

A scanner asks which service and which kind of resource an ARN is of, not which one.
"""

from collections.abc import Mapping
from typing import Final

from audit.template import Expression, parts

_PLACE: Final = "us-east-1:123456789012"
EXAMPLES: Final[Mapping[str, str]] = {
    "aws_cloudwatch_log_group": f"arn:aws:logs:{_PLACE}:log-group:example",
    "aws_codebuild_project": f"arn:aws:codebuild:{_PLACE}:project/example",
    "aws_dynamodb_table": f"arn:aws:dynamodb:{_PLACE}:table/example",
    "aws_kms_key": f"arn:aws:kms:{_PLACE}:key/00000000-0000-0000-0000-000000000000",
    "aws_lambda_function": f"arn:aws:lambda:{_PLACE}:function:example",
    "aws_s3_bucket": "arn:aws:s3:::example",
    "aws_sns_topic": f"arn:aws:sns:{_PLACE}:example",
    "aws_sqs_queue": f"arn:aws:sqs:{_PLACE}:example",
    "aws_ssm_parameter": f"arn:aws:ssm:{_PLACE}:parameter/example",
}
"""The ARN of a resource of each type that policies refer to."""


def with_examples(policy: str) -> str | None:
    """Return *policy* with an example for each ARN; None where it refers to anything else."""
    filled: list[str] = []
    for part in parts(policy):
        if isinstance(part, Expression):
            type_, _, rest = part.source.partition(".")
            example = EXAMPLES.get(type_)
            if example is None or not rest.endswith(".arn"):
                return None
            filled.append(example)
        else:
            filled.append(part)
    return "".join(filled)

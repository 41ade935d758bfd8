"""Names say what a thing is and where, within what AWS allows [G2]."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Stack

NAMES: Final[Mapping[str, tuple[str, int]]] = {
    "aws_api_gateway_api_key": ("name", 1024),
    "aws_api_gateway_rest_api": ("name", 1024),
    "aws_api_gateway_usage_plan": ("name", 1024),
    "aws_cloudwatch_dashboard": ("dashboard_name", 255),
    "aws_cloudwatch_event_rule": ("name", 64),
    "aws_cloudwatch_metric_alarm": ("alarm_name", 255),
    "aws_db_instance": ("identifier", 63),
    "aws_db_parameter_group": ("name", 255),
    "aws_db_subnet_group": ("name", 255),
    "aws_dynamodb_table": ("name", 255),
    "aws_iam_policy": ("name", 128),
    "aws_iam_role": ("name", 64),
    "aws_kms_alias": ("name", 256),
    "aws_lambda_function": ("function_name", 64),
    "aws_lambda_layer_version": ("layer_name", 140),
    "aws_lb": ("name", 32),
    "aws_lb_target_group": ("name", 32),
    "aws_rds_cluster": ("cluster_identifier", 63),
    "aws_rds_cluster_instance": ("identifier", 63),
    "aws_rds_cluster_parameter_group": ("name", 255),
    "aws_s3_bucket": ("bucket", 63),
    "aws_scheduler_schedule": ("name", 64),
    "aws_security_group": ("name", 255),
    "aws_sns_topic": ("name", 256),
    "aws_sqs_queue": ("name", 80),
}
"""Where the name is, and how many characters it may have."""
_EXPRESSION: Final = re.compile(r"\$\{[^}]*\}")


def _check(stack: Stack) -> Iterator[Violation]:
    end = stack.locals.get("deployment_name", stack.locals.get("identity_name"))
    ending = re.escape(str(end)) if end else "[a-z0-9]+"  # A pipeline is of no environment.
    form = re.compile(rf"(alias/)?payment-[a-z0-9-]+-{ending}(-\d{{12}})?(-\d{{1,2}})?(\.fifo)?")
    for resource in stack.resolved.resources(*NAMES):
        attribute, longest = NAMES[resource.type]
        name = resource.config.get(attribute)
        if not isinstance(name, str):
            yield violation(resource, attribute, "must be set: AWS would make up a name")
            continue
        name = _EXPRESSION.sub("00", name)  # A number of an instance has two digits at most.
        if not form.fullmatch(name):
            message = f"must be payment-<type>-<environment>[-suffix], got {name!r}"
            yield violation(resource, attribute, message)
        if len(name) > longest:
            message = f"must have {longest} characters or fewer, {name!r} has {len(name)}"
            yield violation(resource, attribute, message)


RULE: Final = Rule(
    id="names",
    title="Names have one form, and the length AWS allows",
    why="Permissions and searches rely on the form; a name that is too long fails in the one "
    "environment whose name is longer.",
    source_url="https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html",
    check=_check,
)

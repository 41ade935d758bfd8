"""The ARNs that the resources of a stack will have.

What only AWS knows, such as the id of a key, stays an expression; all else is text, so that a
reference and the same ARN written out are one and the same.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from audit.iam.template_json import escaped, with_variables_escaped
from audit.synthesized import Resource, Stack
from audit.template import Expression, parts

SHAPES: Final[Mapping[str, str]] = {
    "aws_api_gateway_rest_api": "arn:aws:apigateway:{region}::/restapis/{id}",
    "aws_cloudwatch_event_bus": "arn:aws:events:{region}:{account}:event-bus/{name}",
    "aws_cloudwatch_event_rule": "arn:aws:events:{region}:{account}:rule/{name}",
    "aws_cloudwatch_log_group": "arn:aws:logs:{region}:{account}:log-group:{name}",
    "aws_cloudwatch_metric_alarm": "arn:aws:cloudwatch:{region}:{account}:alarm:{alarm_name}",
    "aws_codebuild_project": "arn:aws:codebuild:{region}:{account}:project/{name}",
    "aws_codepipeline": "arn:aws:codepipeline:{region}:{account}:{name}",
    "aws_db_instance": "arn:aws:rds:{region}:{account}:db:{identifier}",
    "aws_dynamodb_table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "aws_ecr_repository": "arn:aws:ecr:{region}:{account}:repository/{name}",
    "aws_iam_policy": "arn:aws:iam::{account}:policy/{name}",
    "aws_iam_role": "arn:aws:iam::{account}:role/{name}",
    "aws_iam_user": "arn:aws:iam::{account}:user/{name}",
    "aws_kinesis_stream": "arn:aws:kinesis:{region}:{account}:stream/{name}",
    "aws_kms_key": "arn:aws:kms:{region}:{account}:key/{key_id}",
    "aws_lambda_function": "arn:aws:lambda:{region}:{account}:function:{function_name}",
    "aws_lb": "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{id}",
    "aws_lb_target_group": "arn:aws:elasticloadbalancing:{region}:{account}:targetgroup/{id}",
    "aws_rds_cluster": "arn:aws:rds:{region}:{account}:cluster:{cluster_identifier}",
    "aws_s3_bucket": "arn:aws:s3:::{bucket}",
    "aws_secretsmanager_secret": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-??????",
    "aws_sfn_state_machine": "arn:aws:states:{region}:{account}:stateMachine:{name}",
    "aws_sns_topic": "arn:aws:sns:{region}:{account}:{name}",
    "aws_sqs_queue": "arn:aws:sqs:{region}:{account}:{name}",
    "aws_ssm_parameter": "arn:aws:ssm:{region}:{account}:parameter{name}",
}
"""The ARN of each type, from its attributes; `docs/reference` of each service has them."""
_EXECUTION: Final = "arn:aws:execute-api:{region}:{account}:{id}"
_NAMED: Final[Mapping[str, str]] = {"aws_s3_bucket": "bucket"}
"""Types whose `id` is an attribute that they are given."""
_FIELD: Final = re.compile(r"\{(\w+)\}")
_REFERENCE: Final = re.compile(r"(aws_\w+)\.([\w-]+)(\[[^\]]*\])?\.(\w+)")


@frozen(kw_only=True)
class Home:
    """The one account and region of a stack; expressions where they cannot be told."""

    account: str
    region: str

    @classmethod
    def of(cls, stack: Stack) -> "Home":
        """Return where the resources of *stack* will be, as its provider says."""
        providers = stack.resolved.body.get("provider", {}).get("aws", [])
        provider = providers[0] if isinstance(providers, list) and providers else {}
        accounts = provider.get("allowed_account_ids") or []
        account = str(accounts[0]) if len(accounts) == 1 else ""
        named = str(stack.resolved_locals.get("identity_account_id", ""))
        return cls(
            account=account or named or "${local.identity_account_id}",
            region=str(provider.get("region") or "${local.identity_region}"),
        )


def arn_of(resource: Resource, home: Home) -> str | None:
    """Return the ARN that *resource* will have, None for types that are not listed."""
    shape = SHAPES.get(resource.type)
    return None if shape is None else _filled(shape, resource, home)


def _filled(shape: str, resource: Resource, home: Home) -> str:
    def value(field: re.Match[str]) -> str:
        name = field.group(1)
        if name in ("account", "region"):
            return str(getattr(home, name))
        given = resource.config.get(name)
        return given if isinstance(given, str) else f"${{{resource.address}.{name}}}"

    return _FIELD.sub(value, shape)


def written_out(text: str, stack: Stack, home: Home) -> str:
    """Return *text* with what is known in place of references to resources of *stack*.

    *stack* is resolved. What a resource is given may refer to others in turn.
    """
    text = with_variables_escaped(text)
    for _ in range(4):
        done = "".join(
            _known(part, stack, home) if isinstance(part, Expression) else escaped(part)
            for part in parts(text)
        )
        if done == text:
            break
        text = done
    return text


def _known(expression: Expression, stack: Stack, home: Home) -> str:
    found = _REFERENCE.fullmatch(expression.source.strip())
    config = _config(stack, found.group(1), found.group(2)) if found else None
    if found is None or config is None:
        return str(expression)
    resource = Resource(type=found.group(1), name=found.group(2), config=config)
    attribute = _NAMED.get(resource.type, "") if found.group(4) == "id" else found.group(4)
    value: object = config.get(attribute)
    if found.group(4) == "arn":
        value = arn_of(resource, home)
    elif found.group(4) == "execution_arn":
        value = _filled(_EXECUTION, resource, home)
    plain = isinstance(value, str) and '"' not in value and "\\" not in value
    return str(value) if plain else str(expression)


def _config(stack: Stack, type_: str, name: str) -> Mapping[str, Any] | None:
    found = stack.body.get("resource", {}).get(type_, {}).get(name)
    return found if isinstance(found, dict) else None

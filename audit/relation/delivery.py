"""Who sends what to whom in a stack, whichever resource says so.

A service sends in its own name, and the receiver's policy must let it in; or it sends with a role,
which must be allowed to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.block import blocks, first
from audit.iam.template_json import parsed
from audit.relation.api_path import execution_arns
from audit.relation.deployed import Deployed
from audit.synthesized import Resource

EVENTS: Final = "events.amazonaws.com"


@frozen(kw_only=True)
class Delivery:
    """Something that is sent, or fetched, from one place to another.

    Attributes:
        said_at: The resource that says so, and the attribute.

        receiver: What it is sent to or fetched from, as written: an ARN, a name or an expression.

        service: Who sends, where it does so in its own name.

        role: The role with which it is sent, as written.

        source_arn: What the service says it sends for.

        fetches: Whether the receiver is where something is taken from.
    """

    said_at: Resource
    path: str
    receiver: object
    service: str = ""
    role: object = None
    source_arn: str = ""
    fetches: bool = False


Found = Iterator[Delivery]


def deliveries(world: Deployed) -> Found:
    """Yield everything that is sent in a stack."""
    for resource in world.all:
        of_type = _OF_TYPE.get(resource.type)
        if of_type is not None:
            yield from of_type(world, resource)


def json_at(text: object, name: str) -> object:
    """Return the value of *name* in a text of JSON; the text where it cannot be read."""
    try:
        document = parsed(text) if isinstance(text, str) else text
    except ValueError:
        return text
    return document.get(name) if isinstance(document, dict) else text


def _subscription(_: Deployed, it: Resource) -> Found:
    topic = str(it.config.get("topic_arn"))
    if it.config.get("protocol") in ("sqs", "lambda"):
        yield _from(it, "endpoint", it.config.get("endpoint"), "sns.amazonaws.com", topic)
    if it.config.get("protocol") == "firehose":
        role = it.config.get("subscription_role_arn")
        yield Delivery(said_at=it, path="endpoint", receiver=it.config.get("endpoint"), role=role)
    if it.config.get("redrive_policy"):
        lost = json_at(it.config["redrive_policy"], "deadLetterTargetArn")
        yield _from(it, "redrive_policy", lost, "sns.amazonaws.com", topic)


def _notification(world: Deployed, it: Resource) -> Found:
    bucket = world.at(it.config.get("bucket"), "aws_s3_bucket")
    source = world.arn(bucket) if bucket else str(it.config.get("bucket"))
    for block, attribute in (
        ("lambda_function", "lambda_function_arn"),
        ("queue", "queue_arn"),
        ("topic", "topic_arn"),
    ):
        for one in blocks(it.config, block):
            yield _from(it, block, one.get(attribute), "s3.amazonaws.com", source)


def _event_target(world: Deployed, it: Resource) -> Found:
    rule = world.at(it.config.get("rule"), "aws_cloudwatch_event_rule")
    source = world.arn(rule) if rule else str(it.config.get("rule"))
    role, lost = it.config.get("role_arn"), first(it.config, "dead_letter_config", "arn")
    receiver = it.config.get("arn")
    if role:
        yield Delivery(said_at=it, path="arn", receiver=receiver, role=role)
    else:
        yield _from(it, "arn", receiver, EVENTS, source)
    if lost:
        yield _from(it, "dead_letter_config", lost, EVENTS, source)


def _schedule(_: Deployed, it: Resource) -> Found:
    for target in blocks(it.config, "target"):
        role = target.get("role_arn")
        yield Delivery(said_at=it, path="target", receiver=target.get("arn"), role=role)
        lost = first(target, "dead_letter_config", "arn")
        if lost:
            yield Delivery(said_at=it, path="target", receiver=lost, role=role)


def _pipe(_: Deployed, it: Resource) -> Found:
    role = it.config.get("role_arn")
    source, target = it.config.get("source"), it.config.get("target")
    yield Delivery(said_at=it, path="source", receiver=source, role=role, fetches=True)
    yield Delivery(said_at=it, path="target", receiver=target, role=role)


def _integration(world: Deployed, it: Resource) -> Found:
    if it.config.get("type") not in ("AWS_PROXY", "AWS"):
        return
    uri, role = it.config.get("uri"), it.config.get("credentials")
    if role:
        yield Delivery(said_at=it, path="uri", receiver=uri, role=role)
        return
    for source in execution_arns(world, it):
        yield _from(it, "uri", uri, "apigateway.amazonaws.com", source)


def _authorizer(world: Deployed, it: Resource) -> Found:
    role, uri = it.config.get("authorizer_credentials"), it.config.get("authorizer_uri")
    if uri and role:
        yield Delivery(said_at=it, path="authorizer_uri", receiver=uri, role=role)
    elif uri:
        api = world.at(it.config.get("rest_api_id"), "aws_api_gateway_rest_api")
        name = f"${{{api.address}.id}}" if api else "?"
        home = world.home
        source = f"arn:aws:execute-api:{home.region}:{home.account}:{name}/authorizers/*"
        yield _from(it, "authorizer_uri", uri, "apigateway.amazonaws.com", source)


def _balanced(world: Deployed, it: Resource) -> Found:
    group = world.at(it.config.get("target_group_arn"), "aws_lb_target_group")
    if group is None or group.config.get("target_type") == "lambda":
        target, source = it.config.get("target_id"), str(it.config.get("target_group_arn"))
        yield _from(it, "target_id", target, "elasticloadbalancing.amazonaws.com", source)


def _alarm(world: Deployed, it: Resource) -> Found:
    for attribute in ("alarm_actions", "ok_actions", "insufficient_data_actions"):
        for action in it.config.get(attribute) or ():
            function = world.at(action, "aws_lambda_function")
            service = "lambda.alarms" if function else "cloudwatch"
            service = f"{service}{'.cloudwatch' if function else ''}.amazonaws.com"
            yield _from(it, attribute, action, service, world.arn(it))


def _mapping(world: Deployed, it: Resource) -> Found:
    function = world.at(it.config.get("function_name"), "aws_lambda_function")
    role = function.config.get("role") if function else it.config.get("function_name")
    source = it.config.get("event_source_arn")
    yield Delivery(said_at=it, path="event_source_arn", receiver=source, role=role, fetches=True)
    lost = first(it.config, "destination_config", "on_failure", "destination_arn")
    if lost:
        yield Delivery(said_at=it, path="destination_config", receiver=lost, role=role)


def _function(_: Deployed, it: Resource) -> Found:
    lost, role = first(it.config, "dead_letter_config", "target_arn"), it.config.get("role")
    if lost:
        yield Delivery(said_at=it, path="dead_letter_config", receiver=lost, role=role)


def _invoked(world: Deployed, it: Resource) -> Found:
    function = world.at(it.config.get("function_name"), "aws_lambda_function")
    role = function.config.get("role") if function else it.config.get("function_name")
    for outcome in ("on_failure", "on_success"):
        receiver = first(it.config, "destination_config", outcome, "destination")
        if receiver:
            yield Delivery(said_at=it, path="destination_config", receiver=receiver, role=role)


def _log_subscription(world: Deployed, it: Resource) -> Found:
    role, receiver = it.config.get("role_arn"), it.config.get("destination_arn")
    group = world.at(it.config.get("log_group_name"), "aws_cloudwatch_log_group")
    source = f"{world.arn(group)}:*" if group else str(it.config.get("log_group_name"))
    if role:
        yield Delivery(said_at=it, path="destination_arn", receiver=receiver, role=role)
    else:
        yield _from(it, "destination_arn", receiver, "logs.amazonaws.com", source)


def _by_service(service: str, *path: str) -> Callable[[Deployed, Resource], Found]:
    """Return what finds a receiver at *path*, to which *service* sends in its own name."""

    def found(world: Deployed, it: Resource) -> Found:
        for block in blocks(it.config, *path[:-1]):
            values = block.get(path[-1])
            for value in values if isinstance(values, list) else [values]:
                if value:
                    yield _from(it, ".".join(path), value, service, world.arn(it))

    return found


def _from(it: Resource, path: str, receiver: Any, service: str, source: str) -> Delivery:
    return Delivery(said_at=it, path=path, receiver=receiver, service=service, source_arn=source)


_OF_TYPE: Final[Mapping[str, Callable[[Deployed, Resource], Found]]] = {
    "aws_api_gateway_authorizer": _authorizer,
    "aws_api_gateway_integration": _integration,
    "aws_cloudwatch_composite_alarm": _alarm,
    "aws_cloudwatch_event_target": _event_target,
    "aws_cloudwatch_log_subscription_filter": _log_subscription,
    "aws_cloudwatch_metric_alarm": _alarm,
    "aws_codestarnotifications_notification_rule": _by_service(
        "codestar-notifications.amazonaws.com", "target", "address"
    ),
    "aws_db_event_subscription": _by_service("events.rds.amazonaws.com", "sns_topic"),
    "aws_lambda_event_source_mapping": _mapping,
    "aws_lambda_function": _function,
    "aws_lambda_function_event_invoke_config": _invoked,
    "aws_lb_target_group_attachment": _balanced,
    "aws_pipes_pipe": _pipe,
    "aws_s3_bucket_notification": _notification,
    "aws_scheduler_schedule": _schedule,
    "aws_secretsmanager_secret_rotation": _by_service(
        "secretsmanager.amazonaws.com", "rotation_lambda_arn"
    ),
    "aws_sns_topic_subscription": _subscription,
}
"""What is sent, by the type of resource that says so."""
SENDING: Final = frozenset(_OF_TYPE)
"""The types of resources whose deliveries are known."""

"""Whoever sends is let in by the receiver, and whoever is fed may fetch.

Both sides are judged: a service by the policy of what it sends to, or by the permission of a
function; a role by its own policies within its boundary.
"""

from collections.abc import Iterator
from typing import Final

from audit.iam.template_json import parsed
from audit.policy.rule import Rule, Violation, violation
from audit.reference import references
from audit.relation.access import Access, access
from audit.relation.delivery import SENDING, Delivery, deliveries, json_at
from audit.relation.deployed import deployed
from audit.relation.handed import SENDS, told, wanted
from audit.synthesized import Resource, Stack

_REDRIVES: Final = ("aws_sqs_queue", "aws_sqs_queue_redrive_policy")
_NO_SENDERS: Final = frozenset(
    {
        "aws_appautoscaling_target",
        "aws_chatbot_slack_channel_configuration",
        "aws_cloudwatch_dashboard",
        "aws_iam_policy",
        "aws_iam_role",
        "aws_iam_role_policy",
        "aws_kms_key",
        "aws_kms_key_policy",
        "aws_lambda_alias",
        "aws_lambda_invocation",
        "aws_lambda_permission",
        "aws_s3_bucket_policy",
        "aws_sns_topic",
        "aws_sns_topic_policy",
        "aws_sqs_queue",
        "aws_sqs_queue_policy",
        "aws_sqs_queue_redrive_allow_policy",
        "aws_sqs_queue_redrive_policy",
        "aws_vpc_endpoint",
        "aws_vpc_endpoint_policy",
    }
)
"""Types that mention a receiver and send nothing to it."""


def _check(stack: Stack) -> Iterator[Violation]:
    permissions = access(stack)
    for delivery in deliveries(permissions.world):
        yield from _judged(permissions, delivery)
    yield from _redrives(permissions)
    yield from _unknown_senders(stack)


def _judged(permissions: Access, delivery: Delivery) -> Iterator[Violation]:
    world, where, path = permissions.world, delivery.said_at, delivery.path
    receiver = world.at(delivery.receiver)
    actions = wanted(delivery, receiver) if receiver else ()
    if receiver is None or not actions:
        message = f"must reach something of this stack that can be judged, is {delivery.receiver}"
        yield violation(where, path, message)
        return
    context = told(delivery, receiver)
    if delivery.service:
        for action in actions:
            if not permissions.service_may(delivery.service, action, receiver, context):
                caller = f"{delivery.service} {action} for this"
                message = f"{receiver.address} must let {caller}, does not surely"
                yield violation(where, path, message)
        return
    role = world.at(delivery.role, "aws_iam_role")
    if role is None:
        message = f"must send with a role of this stack, got {delivery.role}"
        yield violation(where, path, message)
        return
    for action in actions:
        if not permissions.role_may(role, action, world.arn(receiver), {}):
            message = f"{role.address} must allow {action} on {receiver.address}, does not surely"
            yield violation(where, path, message)


def _redrives(permissions: Access) -> Iterator[Violation]:
    """Yield queues whose dead letters go to a queue that does not take them."""
    world = permissions.world
    for source in world.resources(*_REDRIVES):
        text = source.config.get("redrive_policy")
        if not text:
            continue
        receiver = world.at(json_at(text, "deadLetterTargetArn"), "aws_sqs_queue")
        queue = world.at(source.config.get("queue_url"), "aws_sqs_queue") or source
        if receiver is None:
            message = f"must name a queue of this stack, got {text}"
            yield violation(source, "redrive_policy", message)
        elif not _takes(permissions, receiver, world.arn(queue)):
            message = f"{receiver.address} must take its dead letters, its allow policy does not"
            yield violation(source, "redrive_policy", message)


def _takes(permissions: Access, receiver: Resource, source: str) -> bool:
    """Tell whether a queue takes the dead letters of the queue *source*."""
    world = permissions.world
    texts = [
        receiver.config.get("redrive_allow_policy"),
        *(
            one.config.get("redrive_allow_policy")
            for one in world.resources("aws_sqs_queue_redrive_allow_policy")
            if world.at(one.config.get("queue_url"), "aws_sqs_queue") is receiver
        ),
    ]
    return all(_allows(text, source) for text in texts if text)


def _allows(text: object, source: str) -> bool:
    try:
        said = parsed(str(text))
    except ValueError:
        return False
    if not isinstance(said, dict):
        return False
    permission = said.get("redrivePermission")
    return permission == "allowAll" or source in (said.get("sourceQueueArns") or ())


def _unknown_senders(stack: Stack) -> Iterator[Violation]:
    """Yield resources that are told of a receiver and of which nobody knows what they send."""
    world = deployed(stack)
    receivers = {one.address for one in world.resources(*SENDS)}
    for resource in stack.resolved.resources():
        if resource.type in SENDING | _NO_SENDERS or not resource.type.startswith("aws_"):
            continue
        config = {key: value for key, value in resource.config.items() if key != "depends_on"}
        for attribute, value in config.items():
            if any(
                one.address in receivers and one.path[-1:] in (("arn",), ("invoke_arn",))
                for one in references(value)
            ):
                message = "must be of a type whose deliveries are known, to be judged"
                yield violation(resource, attribute, f"{message}: audit/relation/delivery.py")


RULE: Final = Rule(
    id="receivers",
    title="Whoever sends is let in by the receiver",
    why="AWS accepts the sender and drops what is sent; what fails to be kept is gone.",
    source_url="https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html",
    suppressible=False,
    check=_check,
)

"""Whoever uses an encrypted thing may use its key: by the key's policy, and by its own."""

from collections.abc import Iterator, Mapping
from typing import Final

from audit.block import blocks, first
from audit.policy.encryption import KEYS
from audit.policy.rule import Rule, Violation, violation
from audit.relation.access import Access, access
from audit.relation.delivery import deliveries
from audit.relation.handed import told
from audit.synthesized import Resource, Stack

_READ: Final = ("kms:Decrypt",)
_WRITE: Final = ("kms:Decrypt", "kms:GenerateDataKey")
USES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "aws_dynamodb_table": dict.fromkeys(
        (
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem",
        ),
        _READ,
    ),
    "aws_kinesis_stream": {"kinesis:GetRecords": _READ, "kinesis:PutRecord": _WRITE},
    "aws_s3_bucket": {"s3:GetObject": _READ, "s3:PutObject": ("kms:GenerateDataKey",)},
    "aws_secretsmanager_secret": {"secretsmanager:GetSecretValue": _READ},
    "aws_sns_topic": {"sns:Publish": _WRITE},
    "aws_sqs_queue": {
        "sqs:ReceiveMessage": _READ,
        "sqs:SendMessage": _WRITE,
        "sqs:StartMessageMoveTask": _WRITE,
    },
    "aws_ssm_parameter": {"ssm:GetParameter": _READ, "ssm:GetParameters": _READ},
}
"""What an action on an encrypted resource does with its key."""
_SERVICES: Final = {
    "aws_dynamodb_table": "dynamodb",
    "aws_kinesis_stream": "kinesis",
    "aws_s3_bucket": "s3",
    "aws_secretsmanager_secret": "secretsmanager",
    "aws_sns_topic": "sns",
    "aws_sqs_queue": "sqs",
    "aws_ssm_parameter": "ssm",
}
_WORKERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "aws_codebuild_project": ("service_role", ("encryption_key",)),
    "aws_codepipeline": ("role_arn", ("artifact_store", "encryption_key", "id")),
}
"""Resources that work with a role, and with a key of which they are told."""
_LOGS: Final = (
    "kms:Encrypt",
    "kms:Decrypt",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:GenerateDataKey",
    "kms:DescribeKey",
)
"""What CloudWatch Logs asks of a key."""
_BUCKETS_KEY: Final = ("rule", "apply_server_side_encryption_by_default", "kms_master_key_id")


def _check(stack: Stack) -> Iterator[Violation]:
    permissions = access(stack)
    world = permissions.world
    for resource in world.all:
        said = _key_of(permissions, resource)
        if not said:
            continue
        key = _key(permissions, said)
        if key is None:
            message = f"must be a key of this stack, whose policy can be judged, got {said}"
            yield violation(resource, "", message)
            continue
        yield from _roles(permissions, resource, key)
        if resource.type == "aws_cloudwatch_log_group":
            yield from _logs(permissions, resource, key)
    yield from _services(permissions)
    yield from _workers(permissions)


def _key_of(permissions: Access, resource: Resource) -> object:
    """Return the key that *resource* is encrypted with, as written; None without one."""
    world = permissions.world
    if resource.type == "aws_s3_bucket":
        for one in world.resources("aws_s3_bucket_server_side_encryption_configuration"):
            if world.at(one.config.get("bucket"), "aws_s3_bucket") is resource:
                return first(one.config, *_BUCKETS_KEY)
        inline = ("server_side_encryption_configuration", *_BUCKETS_KEY)
        return first(resource.config, *inline)
    if resource.type == "aws_ssm_parameter":
        is_secret = resource.config.get("type") == "SecureString"
        return resource.config.get("key_id") if is_secret else None
    if resource.type == "aws_lambda_function":
        return None  # Lambda decrypts its environment by a grant that whoever deploys makes.
    path = KEYS.get(resource.type)
    return first(resource.config, *path) if path else None


def _key(permissions: Access, said: object) -> Resource | None:
    """Return the key, also where it goes by an alias."""
    world = permissions.world
    for alias in world.resources("aws_kms_alias"):
        name, home = alias.config.get("name"), world.home
        arn = f"arn:aws:kms:{home.region}:{home.account}:{name}"
        own = (f"${{{alias.address}.{part}}}" for part in ("arn", "name", "id", "target_key_arn"))
        if said in (name, arn, *own):
            return world.at(alias.config.get("target_key_id"), "aws_kms_key")
    return world.at(said, "aws_kms_key")


def _roles(permissions: Access, resource: Resource, key: Resource) -> Iterator[Violation]:
    """Yield roles that may use *resource* and not its key."""
    world, uses = permissions.world, USES.get(resource.type, {})
    via = {
        "kms:viaservice": f"{_SERVICES.get(resource.type, '')}.{world.home.region}.amazonaws.com"
    }
    for role in world.resources("aws_iam_role"):
        needed = dict.fromkeys(
            (wanted, action)
            for action, of_key in uses.items()
            if permissions.granted_on(role, action, world.arn(resource))
            for wanted in of_key
        )
        missing = {
            wanted: action
            for wanted, action in needed
            if not permissions.role_may_use(role, wanted, key, via)
        }
        for wanted, action in missing.items():
            message = (
                f"must allow {wanted} on {key.address} beside {action} on {resource.address}, "
                "which is encrypted with it; the key's policy and the boundary as well"
            )
            yield violation(role, "", message)


def _logs(permissions: Access, group: Resource, key: Resource) -> Iterator[Violation]:
    world = permissions.world
    service = f"logs.{world.home.region}.amazonaws.com"
    context = {"kms:encryptioncontext:aws:logs:arn": world.arn(group), "aws:sourceaccount": None}
    for action in _LOGS:
        if not permissions.service_may(service, action, key, context):
            message = f"{key.address} must let {service} {action} for this group, does not surely"
            yield violation(group, "kms_key_id", message)


def _services(permissions: Access) -> Iterator[Violation]:
    """Yield deliveries whose sender may not use the key of the receiver."""
    for delivery in deliveries(permissions.world):
        receiver = permissions.world.at(delivery.receiver)
        if not delivery.service or receiver is None or receiver.type not in USES:
            continue
        key = _key(permissions, _key_of(permissions, receiver))
        if key is None:
            continue
        context = told(delivery, receiver)
        for action in _WRITE:
            if not permissions.service_may(delivery.service, action, key, context):
                message = (
                    f"{key.address} must let {delivery.service} {action}, with which "
                    f"{receiver.address} is encrypted, does not surely"
                )
                yield violation(delivery.said_at, delivery.path, message)


def _workers(permissions: Access) -> Iterator[Violation]:
    """Yield builds and pipelines whose role may not use their key."""
    world = permissions.world
    for worker in world.resources(*_WORKERS):
        role_at, key_at = _WORKERS[worker.type]
        said = [block.get(key_at[-1]) for block in blocks(worker.config, *key_at[:-1])]
        role = world.at(worker.config.get(role_at), "aws_iam_role")
        for one in filter(None, said):
            key = _key(permissions, one)
            for action in _WRITE:
                if (
                    role is None
                    or key is None
                    or not permissions.role_may_use(role, action, key, {})
                ):
                    message = f"its role must be allowed {action} on its key, is not surely"
                    yield violation(worker, ".".join(key_at), message)


RULE: Final = Rule(
    id="key-users",
    title="Whoever uses an encrypted thing may use its key",
    why="AWS refuses the use with KMS.AccessDeniedException, or drops what a service sends.",
    source_url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
    "sqs-key-management.html",
    suppressible=False,
    check=_check,
)

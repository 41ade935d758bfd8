"""Everything at rest is encrypted with the environment's own key [K1, K2].

PCI DSS does not accept the encryption of disks alone for card numbers (3.5.1.2): the functions
store none (docs/decisions/0015-card-numbers.md).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from audit.address import leaves
from audit.block import first
from audit.policy.companion import belonging, is_attribute_of
from audit.policy.rule import Rule, Violation, violation
from audit.synthesized import Resource, Stack

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_backup_vault": ("kms_key_arn",),
    "aws_cloudtrail": ("kms_key_id",),
    "aws_cloudwatch_log_group": ("kms_key_id",),
    "aws_codebuild_project": ("encryption_key",),
    "aws_codepipeline": ("artifact_store", "encryption_key", "id"),
    "aws_dynamodb_table": ("server_side_encryption", "kms_key_arn"),
    "aws_ebs_volume": ("kms_key_id",),
    "aws_ecr_repository": ("encryption_configuration", "kms_key"),
    "aws_efs_file_system": ("kms_key_id",),
    "aws_elasticache_replication_group": ("kms_key_id",),
    "aws_kinesis_firehose_delivery_stream": ("server_side_encryption", "key_arn"),
    "aws_kinesis_stream": ("kms_key_id",),
    "aws_lambda_function": ("kms_key_arn",),
    "aws_memorydb_cluster": ("kms_key_arn",),
    "aws_msk_cluster": ("encryption_info", "encryption_at_rest_kms_key_arn"),
    "aws_opensearch_domain": ("encrypt_at_rest", "kms_key_id"),
    "aws_redshift_cluster": ("kms_key_id",),
    "aws_secretsmanager_secret": ("kms_key_id",),
    "aws_sns_topic": ("kms_master_key_id",),
    "aws_sqs_queue": ("kms_master_key_id",),
}
"""Where the key is; without one AWS uses its own, which nobody can withdraw."""
ON: Final[Mapping[str, tuple[str, ...]]] = {
    "aws_db_instance": ("storage_encrypted",),
    "aws_dynamodb_table": ("server_side_encryption", "enabled"),
    "aws_ebs_volume": ("encrypted",),
    "aws_efs_file_system": ("encrypted",),
    "aws_docdb_cluster": ("storage_encrypted",),
    "aws_elasticache_replication_group": ("at_rest_encryption_enabled",),
    "aws_instance": ("root_block_device", "encrypted"),
    "aws_kms_key": ("enable_key_rotation",),
    "aws_neptune_cluster": ("storage_encrypted",),
    "aws_opensearch_domain": ("encrypt_at_rest", "enabled"),
    "aws_rds_cluster": ("storage_encrypted",),
    "aws_redshift_cluster": ("encrypted",),
}
"""What must be true; a database may use AWS's key where its platform chose so."""
DIGEST: Final = "${local.blueprint_digest}"
"""What a parameter may hold in clear text: whoever compares environments reads it without a key."""
_OF_OUR_OWN: Final = ("aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key")
_NAMES_A_KEY: Final = re.compile(
    r"(^|_)kms(_master)?_key(_id|_arn|_identifier)?$|^encryption_key$|^kms_arn$|(^|\.)"
    r"encryption_key(\[\d+\])?\.id$|encrypted_with_kms_key_arn$|_kms_key_arn$"
)
"""Attributes that name the key with which something is encrypted, whatever the type."""
_NO_USERS: Final = ("aws_kms_alias", "aws_kms_ciphertext", "aws_kms_grant")
_RULE_OF_BUCKET: Final = ("rule", "apply_server_side_encryption_by_default")


def _check(stack: Stack) -> Iterator[Violation]:
    resolved = stack.resolved
    for resource in resolved.resources():
        key, on = KEYS.get(resource.type), ON.get(resource.type)
        if key and not first(resource.config, *key):
            yield violation(resource, ".".join(key), "must be a key of our own, is not set")
        if on and first(resource.config, *on) is not True:
            yield violation(resource, ".".join(on), "must be true")
        yield from _keys(resolved, resource)
    for parameter in _clear_parameters(stack):
        if parameter.config.get("value") != DIGEST:
            message = "must be SecureString, for it holds more than the digest of the blueprint"
            yield violation(parameter, "type", message)
    taking_logs = {bucket.address for bucket in _buckets_of_load_balancers(resolved)}
    for bucket in resolved.resources("aws_s3_bucket"):
        yield from _bucket(resolved, bucket, takes_logs=bucket.address in taking_logs)


def _keys(stack: Stack, resource: Resource) -> Iterator[Violation]:
    """Yield the keys of a resource that are not of our own: of AWS, foreign, or unresolved."""
    if resource.type == "aws_ssm_parameter" and resource.config.get("type") == "SecureString":
        key = resource.config.get("key_id")
        if not _is_own(stack, key):
            yield violation(resource, "key_id", _not_own(key))
    if resource.config.get("server_side_encryption") == "AES256":
        message = "must be aws:kms, AES256 is a key of AWS"
        yield violation(resource, "server_side_encryption", message)
    if resource.type in _NO_USERS:
        return
    for path, value in leaves(resource.config):
        name = path if path.endswith(".id") else path.rpartition(".")[2]
        is_key = _NAMES_A_KEY.search(name) and value not in (None, "", [])
        if is_key and not _is_own(stack, value):
            yield violation(resource, re.sub(r"\[\d+\]", "", path), _not_own(value))


def _not_own(key: object) -> str:
    return f"must be a key of our own, an aws_kms_key of this stack, is {key or 'not set'}"


def _is_own(stack: Stack, value: object) -> bool:
    """Tell whether *value* is a key of this stack, itself or by an alias of this stack."""
    keys = [key for key in stack.resources(*_OF_OUR_OWN) if is_attribute_of(value, key.address)]
    aliases = [
        alias
        for alias in stack.resources("aws_kms_alias")
        if is_attribute_of(value, alias.address)
        and any(
            is_attribute_of(alias.config.get("target_key_id"), key.address)
            for key in stack.resources(*_OF_OUR_OWN)
        )
    ]
    return bool(keys or aliases)


def _bucket(stack: Stack, bucket: Resource, *, takes_logs: bool) -> Iterator[Violation]:
    type_ = "aws_s3_bucket_server_side_encryption_configuration"
    found = list(belonging(stack, type_, "bucket", bucket))
    if not found:
        yield violation(bucket, "", f"must have an {type_}, has none")
    for encryption in found:
        algorithm = first(encryption.config, *_RULE_OF_BUCKET, "sse_algorithm")
        if takes_logs:
            if algorithm != "AES256":
                message = "must be AES256: a load balancer writes its logs with no other"
                yield violation(encryption, "rule", message)
            continue
        if algorithm != "aws:kms":
            yield violation(encryption, "rule", "must encrypt with aws:kms")
        if not first(encryption.config, *_RULE_OF_BUCKET, "kms_master_key_id"):
            yield violation(encryption, "rule", "must name a key of our own")


def _buckets_of_load_balancers(stack: Stack) -> Iterator[Resource]:
    """Yield the buckets of access logs, which AWS encrypts with keys of S3 and no others."""
    balancers = list(stack.resources("aws_lb"))
    for bucket in stack.resources("aws_s3_bucket"):
        if any(
            is_attribute_of(first(balancer.config, "access_logs", "bucket"), bucket.address)
            for balancer in balancers
        ):
            yield bucket


def _clear_parameters(stack: Stack) -> Iterator[Resource]:
    """Yield the parameters that are not encrypted."""
    for parameter in stack.resources("aws_ssm_parameter"):
        if parameter.config.get("type") != "SecureString":
            yield parameter


RULE: Final = Rule(
    id="encryption",
    title="Everything is encrypted at rest with a key of our own that rotates",
    why="Whoever gets hold of a copy must not be able to read it.",
    source_url="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",
    pci_dss=("3.5.1", "3.7.4"),
    suppressible=False,
    answers={"CKV_AWS_145": _buckets_of_load_balancers, "CKV2_AWS_34": _clear_parameters},
    check=_check,
)

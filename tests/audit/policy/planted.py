"""The planted defects: what each rule must catch, and where."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from tests.audit.sample_resources import ROOT, Document, allow, policy

Spoil = Callable[[Document], object]
FUNCTION = "aws_lambda_function.process_function"
BUCKET = "aws_s3_bucket.audit_bucket"
ROLE = "aws_iam_role.process_role"
ACCESS = "aws_iam_role_policy.process_access"
PEER = "234567890123"


@frozen
class Planted:
    """A change to the sample, and where its rule must find it."""

    rule: str
    where: str
    path: str
    spoil: Spoil


def _resource(document: Document, address: str) -> Document:
    type_, name = address.split(".")
    config: Document = document["resource"][type_][name]
    return config


def put(rule: str, where: str, path: str, value: object) -> Planted:
    """Plant a value at an attribute where the rule must find it."""
    return Planted(rule, where, path, lambda d: _resource(d, where).update({path: value}))


def drop(rule: str, where: str, path: str) -> Planted:
    """Take an attribute away where the rule must find it missing."""
    return Planted(rule, where, path, lambda d: _resource(d, where).pop(path))


def add(rule: str, where: str, path: str, config: Document) -> Planted:
    """Add a resource that the rule must find fault with at *path*."""
    type_, name = where.split(".")

    def spoil(document: Document) -> None:
        document["resource"].setdefault(type_, {})[name] = config

    return Planted(rule, where, path, spoil)


def lose(rule: str, where: str, path: str, gone: str) -> Planted:
    """Remove every resource of a type that the one at *where* needs."""
    return Planted(rule, where, path, lambda d: d["resource"].pop(gone))


def access(rule: str, *statements: Document) -> Planted:
    """Give the role a policy that the rule must find fault with."""
    return put(rule, ACCESS, "policy", policy(*statements))


def at(rule: str, where: str, path: str, spoil: Spoil) -> Planted:
    """Spoil something that is no resource."""
    return Planted(rule, where, path, spoil)


def provider(document: Document) -> Document:
    """Return the provider's block."""
    block: Document = document["provider"]["aws"][0]
    return block


def confirmation(document: Document) -> Document:
    """Return the variable that guards production."""
    variable: Document = document["variable"]["confirmation"]
    return variable


def trusted(condition: Document) -> Planted:
    """Trust the whole account under *condition*, which names no role."""
    trust = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:AssumeRole"}
    text = policy({**trust, "Condition": condition})
    return put("public-access", ROLE, "assume_role_policy", text)


def _second_runtime(document: Document) -> None:
    functions = document["resource"]["aws_lambda_function"]
    functions["second"] = {**functions["process_function"], "runtime": "python3.12"}


def _second_hash(document: Document) -> None:
    functions = document["resource"]["aws_lambda_function"]
    functions["second"] = {**functions["process_function"], "source_code_hash": "b" * 43 + "="}


def _second_boundary(document: Document) -> None:
    roles = document["resource"]["aws_iam_role"]
    document["resource"]["aws_iam_policy"]["other"] = {"policy": policy()}
    roles["second"] = {
        **roles["process_role"],
        "permissions_boundary": "${aws_iam_policy.other.arn}",
    }


def _of_no_environment(document: Document) -> None:
    del document["locals"]["identity_account_id"]
    provider(document)["allowed_account_ids"] = []


def _logs_of_a_load_balancer(document: Document) -> None:
    logs = {"bucket": "${aws_s3_bucket.audit_bucket.id}"}
    document["resource"]["aws_lb"] = {"balancer": {"access_logs": logs}}


_LISTENER: dict[str, Any] = {"port": 443, "protocol": "HTTPS", "tags": {}}
_ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration"
_DEFAULT = "apply_server_side_encryption_by_default"

PLANTED: tuple[Planted, ...] = (
    drop("tags", FUNCTION, "tags"),
    put("tags", "aws_sqs_queue.payments_queue", "tags", {"Environment": "dev"}),
    add("tags", "aws_ecs_cluster.new_type", "tags", {"name": "x"}),
    put("names", FUNCTION, "function_name", "process"),
    put("names", FUNCTION, "function_name", "payment-process-prod"),
    put("names", FUNCTION, "function_name", f"payment-{'x' * 60}-dev"),
    drop("names", "aws_sqs_queue.payments_queue", "name"),
    put("names", ROLE, "name", "payment-Process-dev"),
    put("destroyable", BUCKET, "force_destroy", False),
    drop("destroyable", BUCKET, "force_destroy"),
    drop("destroyable", "aws_kms_key.key", "deletion_window_in_days"),
    put(
        "destroyable", "aws_dynamodb_table.transactions_table", "deletion_protection_enabled", True
    ),
    put("destroyable", "aws_cloudwatch_log_group.process_logs", "skip_destroy", True),
    Planted(
        "destroyable",
        BUCKET,
        "lifecycle.prevent_destroy",
        lambda d: _resource(d, BUCKET).update(lifecycle={"prevent_destroy": True}),
    ),
    at("destroyable", "removed", "", lambda d: d.update(removed=[{"from": "aws_x.y"}])),
    add("destroyable", "aws_rds_cluster.db", "skip_final_snapshot", {"storage_encrypted": True}),
    drop("boundary", ROLE, "permissions_boundary"),
    put("boundary", ROLE, "permissions_boundary", "arn:aws:iam::aws:policy/AdministratorAccess"),
    at("boundary", "aws_iam_role.second", "permissions_boundary", _second_boundary),
    lose("closed-roles", ROLE, "", "aws_iam_role_policies_exclusive"),
    lose("closed-roles", ROLE, "", "aws_iam_role_policy_attachments_exclusive"),
    access("cross-environment", allow("sqs:SendMessage", f"arn:aws:sqs:us-west-2:{PEER}:q")),
    access("cross-environment", allow("s3:GetObject", "arn:aws:s3:::payment-audit-prod-1/*")),
    add("cross-environment", "aws_x.y", "account", {"account": PEER}),
    put("policy-documents", ACCESS, "policy", "${data.aws_iam_policy_document.x.json}"),
    put("policy-documents", ACCESS, "policy", "{broken"),
    put("policy-documents", ROLE, "managed_policy_arns", ["arn:aws:iam::aws:policy/X"]),
    access("least-privilege", allow("dynamodb:PutItem", "*")),
    access("least-privilege", allow("dynamodb:*", "arn:aws:dynamodb:eu-west-1:1:table/x")),
    access("least-privilege", {"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:x"}),
    lose("public-access", BUCKET, "", "aws_s3_bucket_public_access_block"),
    put(
        "public-access",
        "aws_s3_bucket_public_access_block.audit_access",
        "block_public_policy",
        False,
    ),
    put(
        "public-access",
        "aws_sqs_queue_policy.payments_policy",
        "policy",
        policy(allow("sqs:SendMessage", "arn:x", Principal="*")),
    ),
    add(
        "public-access", "aws_db_instance.db", "publicly_accessible", {"publicly_accessible": True}
    ),
    trusted({}),
    trusted({"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/*"}}),
    trusted({"StringNotEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/x"}}),
    add("public-access", "aws_lambda_function_url.u", "authorization_type", {}),
    add("public-access", "aws_lambda_permission.p", "source_arn", {"principal": "sns"}),
    add(
        "security-groups",
        "aws_vpc_security_group_ingress_rule.open",
        "",
        {"cidr_ipv4": "0.0.0.0/0", "ip_protocol": "tcp"},
    ),
    add(
        "security-groups",
        "aws_vpc_security_group_ingress_rule.wide",
        "",
        {"cidr_ipv4": "10.0.0.0/8", "ip_protocol": "-1"},
    ),
    put(
        "security-groups",
        "aws_security_group.network_functions",
        "ingress",
        [{"cidr_blocks": ["::/0", "0.0.0.0/0"], "protocol": "tcp"}],
    ),
    put(
        "security-groups",
        "aws_vpc_security_group_egress_rule.network_https",
        "ip_protocol",
        "-1",
    ),
    lose("security-groups", "aws_vpc.network_vpc", "", "aws_default_security_group"),
    put(
        "security-groups",
        "aws_default_security_group.network_default",
        "ingress",
        [{"self": True}],
    ),
    drop("runtime-identity", FUNCTION, "architectures"),
    put("runtime-identity", FUNCTION, "timeout", "${local.functions_memory_mebibytes}"),
    put("runtime-identity", FUNCTION, "architectures", ["${local.deployment_name}"]),
    at("runtime-identity", "aws_lambda_function.second", "runtime", _second_runtime),
    at("runtime-identity", "aws_lambda_function.second", "source_code_hash", _second_hash),
    add("secrets", "aws_db_instance.db", "password", {"password": "${var.password}"}),
    add("secrets", "aws_ssm_parameter.p", "value", {"type": "SecureString", "value": "x"}),
    add("secrets", "aws_x.y", "variables.DB_PASSWORD", {"variables": {"DB_PASSWORD": "hunter2"}}),
    add("secrets", "aws_x.y", "text", {"text": "key AKIAABCDEFGHIJKLMNOP"}),
    add("secrets", "aws_x.y", "url", {"url": "https://user:pass@example.com/"}),
    add("secrets", "aws_x.y", "text", {"text": "q9Zr7TnXw2Lk5VbHs8Pd3Jf6Gy1Mc4Ra"}),
    lose("tls", BUCKET, "policy", "aws_s3_bucket_policy"),
    lose("tls", "aws_sqs_queue.payments_queue", "policy", "aws_sqs_queue_policy"),
    lose("tls", "aws_sns_topic.alerts_topic", "policy", "aws_sns_topic_policy"),
    add("tls", "aws_lb_listener.l", "protocol", {"protocol": "HTTP"}),
    add(
        "tls",
        "aws_lb_listener.l",
        "ssl_policy",
        {**_LISTENER, "ssl_policy": "ELBSecurityPolicy-2016-08"},
    ),
    add("tls", "aws_api_gateway_domain_name.d", "security_policy", {"security_policy": "TLS_1_0"}),
    add(
        "tls",
        "aws_api_gateway_integration.i",
        "uri",
        {"type": "HTTP_PROXY", "uri": "http://example.com/"},
    ),
    add("tls", "aws_db_parameter_group.g", "parameter", {"family": "postgres17"}),
    drop("encryption", "aws_sqs_queue.payments_queue", "kms_master_key_id"),
    drop("encryption", "aws_cloudwatch_log_group.process_logs", "kms_key_id"),
    drop("encryption", FUNCTION, "kms_key_arn"),
    add("encryption", "aws_ssm_parameter.p", "type", {"type": "String", "value": "x"}),
    put("encryption", "aws_kms_key.key", "enable_key_rotation", False),
    lose("encryption", BUCKET, "", _ENCRYPTION),
    put(
        "encryption",
        f"{_ENCRYPTION}.audit_encryption",
        "rule",
        [{_DEFAULT: {"sse_algorithm": "AES256", "kms_master_key_id": "x"}}],
    ),
    put(
        "encryption",
        f"{_ENCRYPTION}.audit_encryption",
        "rule",
        [{_DEFAULT: {"sse_algorithm": "aws:kms"}}],
    ),
    Planted(
        "encryption",
        "aws_dynamodb_table.transactions_table",
        "server_side_encryption.enabled",
        lambda d: _resource(d, "aws_dynamodb_table.transactions_table")[
            "server_side_encryption"
        ].update(enabled=False),
    ),
    at(
        "one-per-account",
        "aws_api_gateway_account.b",
        "",
        lambda d: d["resource"].update(aws_api_gateway_account={"a": {}, "b": {}}),
    ),
    at(
        "pinned-account",
        "provider.aws",
        "[0].allowed_account_ids",
        lambda d: provider(d).pop("allowed_account_ids"),
    ),
    at(
        "pinned-account",
        "provider.aws",
        "[0].allowed_account_ids",
        lambda d: provider(d)["allowed_account_ids"].append(PEER),
    ),
    at("pinned-account", "provider.aws", "[0].region", lambda d: provider(d).update(region="x")),
    at("pinned-account", "provider.aws", "", lambda d: d.pop("provider")),
    at("pinned-account", "provider.aws", "[0].allowed_account_ids", _of_no_environment),
    Planted("encryption", f"{_ENCRYPTION}.audit_encryption", "rule", _logs_of_a_load_balancer),
    at("production-gate", "variable.confirmation", "", lambda d: d.pop("variable")),
    at(
        "production-gate",
        "variable.confirmation",
        "default",
        lambda d: confirmation(d).update(default="payments-prod"),
    ),
    at(
        "production-gate",
        "variable.confirmation",
        "validation",
        lambda d: confirmation(d).pop("validation"),
    ),
    at(
        "production-gate",
        "provider.aws",
        "[0]",
        lambda d: provider(d).pop("default_tags"),
    ),
    put("log-retention", "aws_cloudwatch_log_group.process_logs", "retention_in_days", 31),
    drop("log-retention", "aws_cloudwatch_log_group.process_logs", "retention_in_days"),
)

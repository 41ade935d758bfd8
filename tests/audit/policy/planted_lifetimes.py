"""Planted defects of what must outlive, wait for or follow something else."""

from typing import Any, Final

from tests.audit.policy.planting import FUNCTION, Planted, add, at, drop, put, resource
from tests.audit.sample_policies import Document, allow, policy

_DAY: Final = 86_400
_QUEUE: Final = "aws_sqs_queue.payments_queue"
_LETTERS: Final = {"name": "payment-letters-dev", "message_retention_seconds": 3 * _DAY}
_PARAMETER: Final = "aws_ssm_parameter.password"
_VALUE_OF_IT: Final = "${ephemeral.aws_ssm_parameter.password.value}"
_DATABASE: Final = "aws_db_instance.db"
_VERSION: Final = "password_wo_version"


def _letters(seconds: object) -> Planted:
    """Keep messages for *seconds* in a queue whose dead letters are kept for three days."""

    def spoil(document: Document) -> None:
        document["resource"]["aws_sqs_queue"]["letters"] = dict(_LETTERS)
        resource(document, _QUEUE).update(
            message_retention_seconds=seconds,
            redrive_policy='{"deadLetterTargetArn":"${aws_sqs_queue.letters.arn}"}',
        )

    return at("message-lifetime", _QUEUE, "message_retention_seconds", spoil)


def _marker(content: str, narrow: Document) -> Planted:
    """Keep an object in a bucket whose lifecycle expires what *narrow* matches."""

    def spoil(document: Document) -> None:
        bucket = "${aws_s3_bucket.audit_bucket.id}"
        document["resource"]["aws_s3_object"] = {
            "marker": {"bucket": bucket, "key": "in/", "content": content}
        }
        document["resource"]["aws_s3_bucket_lifecycle_configuration"] = {
            "age": {
                "bucket": bucket,
                "rule": [{"id": "age", "filter": [narrow], "expiration": [{"days": 30}]}],
            }
        }

    return at("object-lifetimes", "aws_s3_object.marker", "key", spoil)


def _password(version: object, triggers: object = None) -> Planted:
    """Give a database a generated password under a *version* of its own."""

    def spoil(document: Document) -> None:
        document["ephemeral"] = {
            "aws_ssm_parameter": {"password": {"arn": f"${{{_PARAMETER}.arn}}"}}
        }
        document["resource"]["aws_ssm_parameter"] = {"password": {"value_wo_version": 2}}
        document["resource"]["terraform_data"] = {"version": {"triggers_replace": triggers}}
        document["resource"]["aws_db_instance"] = {
            "db": {"password_wo": _VALUE_OF_IT, **({} if version is None else {_VERSION: version})}
        }

    return at("secret-versions", _DATABASE, _VERSION, spoil)


def _database(document: Document, calls: Document) -> None:
    """Let the function use a database that *calls* migrate, and a schedule start it."""
    named = document["resource"]
    named["aws_db_instance"] = {"db": {}}
    named["aws_lambda_invocation"] = calls
    variables = resource(document, FUNCTION)["environment"]["variables"]
    variables["DATABASE_HOST"] = "${aws_db_instance.db.address}"
    named["aws_cloudwatch_event_target"] = {"sweep": {"arn": f"${{{FUNCTION}.arn}}"}}


def _flow_log(document: Document) -> None:
    """Hand the role of a function, which may write logs and no more, to VPC."""
    role = "${aws_iam_role.process_role.arn}"
    document["resource"]["aws_flow_log"] = {"flow": {"iam_role_arn": role}}


def _earlier(document: Document) -> None:
    """Read the state of another environment."""
    config = {"bucket": "payment-state-staging-234567890123", "key": "payments.tfstate"}
    document["data"] = {"terraform_remote_state": {"earlier": {"config": config}}}


def _wide_role(document: Document) -> None:
    """Let a role of API Gateway write logs, but not look for them."""
    document["resource"]["aws_iam_role"]["api"] = {"name": "payment-api-dev"}
    document["resource"]["aws_iam_role_policy"]["api"] = {
        "role": "${aws_iam_role.api.name}",
        "policy": policy(allow("logs:Put*", "arn:aws:logs:*:*:log-group:*")),
    }
    role = "${aws_iam_role.api.arn}"
    document["resource"]["aws_api_gateway_account"] = {"a": {"cloudwatch_role_arn": role}}


def _six_functions(document: Document) -> None:
    """Let six functions reserve 200 executions each, as production once did."""
    functions = document["resource"]["aws_lambda_function"]
    functions["process_function"]["reserved_concurrent_executions"] = 200
    for number in range(5):
        functions[f"more_{number}"] = dict(functions["process_function"])


def _state(key: object) -> Planted:
    """Encrypt the state with *key*."""

    def spoil(document: Document) -> None:
        document["terraform"]["backend"]["s3"]["kms_key_id"] = key

    return at("state-key", "terraform.backend", "s3.kms_key_id", spoil)


_GROUP: Final[dict[str, Any]] = {
    "name": "payment-database-postgres17-dev",
    "family": "postgres17",
    "lifecycle": {"create_before_destroy": True},
    "parameter": [{"name": "rds.force_ssl", "value": "1", "apply_method": "pending-reboot"}],
}
_ADDRESS: Final = "aws_db_parameter_group.g"
_LOG: Final = {"name": "log_statement", "value": "ddl", "apply_method": "pending-reboot"}

LIFETIMES: tuple[Planted, ...] = (
    put("key-lifetime", "aws_kms_key.key", "deletion_window_in_days", 7),
    drop("key-lifetime", "aws_kms_key.key", "deletion_window_in_days"),
    _letters(1 * _DAY),  # Shorter than an outage.
    _letters(3 * _DAY),  # As long as its dead letters.
    _letters("${var.days}"),
    _marker("", {"prefix": ""}),
    _marker("", {"prefix": "in"}),
    _marker("text", {"object_size_greater_than": 1}),
    _password(None),
    _password(1),
    _password("${parseint(terraform_data.version.id, 16)}", [2]),
    _password("${parseint(terraform_data.version.id, 16)}", [f"${{{_PARAMETER}.arn}}"]),
    _password("${parseint(terraform_data.version.id, 16)}", [1, f"${{{_PARAMETER}.arn}}"]),
    at(
        "after-migration",
        "aws_cloudwatch_event_target.sweep",
        "depends_on",
        lambda d: _database(d, {}),
    ),
    at(
        "after-migration",
        "aws_cloudwatch_event_target.sweep",
        "depends_on",
        lambda d: _database(d, {"migration": {}}),
    ),
    at("service-roles", "aws_flow_log.flow", "iam_role_arn", _flow_log),
    at("service-roles", "aws_api_gateway_account.a", "cloudwatch_role_arn", _wide_role),
    at(
        "foreign-state",
        "data.terraform_remote_state.earlier",
        "config.bucket",
        _earlier,
    ),
    add("zone-ids", "aws_subnet.s", "availability_zone", {"availability_zone": "us-east-1a"}),
    add("zone-ids", "aws_lb.l", "availability_zones[0]", {"availability_zones": ["us-east-1a"]}),
    drop("patient-removal", "aws_security_group.network_functions", "timeouts"),
    put(
        "patient-removal",
        "aws_security_group.network_functions",
        "timeouts",
        {"create": "90m"},
    ),
    add(
        "replaceable-groups",
        _ADDRESS,
        "lifecycle.create_before_destroy",
        {**_GROUP, "lifecycle": None},
    ),
    add("replaceable-groups", _ADDRESS, "name", {**_GROUP, "name": "payment-database-dev"}),
    add("replaceable-groups", _ADDRESS, "parameter", {**_GROUP, "parameter": [_LOG]}),
    at("quotas", FUNCTION, "reserved_concurrent_executions", _six_functions),
    put("quotas", FUNCTION, "reserved_concurrent_executions", "${var.many}"),
    add("quotas", "aws_eip.nat", "count", {"domain": "vpc", "count": 6}),
    _state(None),
    _state("alias/payment-state-key-dev"),
    _state("arn:aws:kms:us-west-2:234567890123:key/22222222-2222-4222-8222-222222222222"),
)

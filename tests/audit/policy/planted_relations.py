"""The planted defects of what resources have to do with each other."""

import json
from typing import Any

from tests.audit.policy.planting import (
    ACCESS,
    BUCKET,
    FUNCTION,
    PEER,
    ROLE,
    Planted,
    add,
    at,
    lose,
    put,
    resource,
)
from tests.audit.sample_policies import KEY, Document, allow, policy, used_by
from tests.audit.sample_relations import ACCOUNT, EVENTS, FAILURES, may
from tests.audit.sample_resources import ROOT

SUBSCRIPTION = "aws_sns_topic_subscription.events_to_process"
MAPPING = "aws_lambda_event_source_mapping.process_queue"
TARGET = "aws_cloudwatch_event_target.sweep_target"
NOTIFICATION = "aws_s3_bucket_notification.audit_objects"
INTEGRATION = "aws_api_gateway_integration.function"
ALARM = "aws_cloudwatch_metric_alarm.alarms_table"
QUEUE = "aws_sqs_queue.payments_queue"
LETTERS = "aws_sqs_queue.failures_queue"
KEY_POLICY = "aws_kms_key.key"


def elsewhere(rule: str, where: str, path: str, address: str, /, **values: Any) -> Planted:
    """Plant values at one resource where the rule must find another that they harm."""
    return at(rule, where, path, lambda d: resource(d, address).update(values))


def of_key(rule: str, where: str, path: str, *statements: Document) -> Planted:
    """Give the key a policy that the one at *where* cannot live with."""
    return elsewhere(rule, where, path, KEY_POLICY, policy=policy(*statements))


def without(rule: str, where: str, path: str, address: str) -> Planted:
    """Take one resource away that the one at *where* needs."""
    type_, name = address.split(".")
    return at(rule, where, path, lambda d: d["resource"][type_].pop(name))


def may_not(rule: str, where: str, path: str, action: str) -> Planted:
    """Take an action from the function's role that the one at *where* needs."""

    def spoil(document: Document) -> None:
        access = resource(document, ACCESS)
        access["policy"] = access["policy"].replace(f'"{action}"', '"sqs:ListQueues"')

    return at(rule, where, path, spoil)


def bounded(rule: str, where: str, path: str, action: str) -> Planted:
    """Take an action from the boundary, though the role's own policy allows it."""

    def spoil(document: Document) -> None:
        boundary = resource(document, "aws_iam_policy.boundary")
        boundary["policy"] = boundary["policy"].replace(f'"{action}"', '"sqs:ListQueues"')

    return at(rule, where, path, spoil)


def event_to_topic(document: Document) -> None:
    """Let a rule publish to the encrypted topic, under conditions that EventBridge cannot meet."""
    target = {"rule": "${aws_cloudwatch_event_rule.sweep_rule.name}", "arn": EVENTS}
    document["resource"]["aws_cloudwatch_event_target"]["to_topic"] = target
    topic = resource(document, "aws_sns_topic.events_topic")
    topic["policy"] = policy(
        allow("sns:Publish", EVENTS, Principal={"Service": "events.amazonaws.com"})
    )
    resource(document, KEY_POLICY)["policy"] = policy(
        allow("kms:*", "*", Principal={"AWS": ROOT}), used_by("events.amazonaws.com")
    )


def reader_denied(document: Document) -> None:
    """Let the role read what the bucket denies it."""
    access = resource(document, ACCESS)
    said = json.loads(access["policy"])["Statement"]
    said.append(allow("s3:GetObject", "${aws_s3_bucket.audit_bucket.arn}/*"))
    access["policy"] = policy(*said)
    denied = {**allow("s3:GetObject", "${aws_s3_bucket.audit_bucket.arn}/*"), "Effect": "Deny"}
    resource(document, "aws_s3_bucket_policy.audit_policy")["policy"] = policy(
        {**denied, "Principal": "*", "Condition": {"Null": {"aws:PrincipalArn": "false"}}}
    )


def twice_the_policy(document: Document) -> None:
    """Give the queue of failures a second policy, of which one wins."""
    document["resource"]["aws_sqs_queue_policy"]["second"] = {
        "queue_url": "${aws_sqs_queue.failures_queue.url}",
        "policy": policy(allow("sqs:SendMessage", FAILURES, Principal={"AWS": ROOT})),
    }


GLACIER = {"days": 10, "storage_class": "GLACIER"}

RELATIONS: tuple[Planted, ...] = (
    # A subscription's redrive queue whose policy lets no topic in (row 9), in three spellings.
    elsewhere("receivers", SUBSCRIPTION, "redrive_policy", LETTERS, policy=policy()),
    elsewhere(
        "receivers",
        SUBSCRIPTION,
        "redrive_policy",
        LETTERS,
        policy=policy(
            may("sns.amazonaws.com", "sqs:SendMessage", FAILURES, {"Bool": {"aws:X": "true"}})
        ),
    ),
    at("receivers", SUBSCRIPTION, "redrive_policy", twice_the_policy),
    put("receivers", SUBSCRIPTION, "redrive_policy", "${local.unknown}"),
    put("receivers", SUBSCRIPTION, "endpoint", "arn:aws:lambda:eu-west-1:1:function:other"),
    without(
        "receivers", SUBSCRIPTION, "endpoint", "aws_lambda_permission.may_be_started_by_events"
    ),
    without("receivers", TARGET, "arn", "aws_lambda_permission.may_be_started_by_schedule"),
    without("receivers", INTEGRATION, "uri", "aws_lambda_permission.may_be_started_by_api"),
    without(
        "receivers",
        NOTIFICATION,
        "lambda_function",
        "aws_lambda_permission.may_be_started_by_bucket",
    ),
    elsewhere(
        "receivers",
        INTEGRATION,
        "uri",
        "aws_lambda_permission.may_be_started_by_api",
        source_arn="${aws_api_gateway_rest_api.api.execution_arn}/v1/GET/*",
    ),
    elsewhere(
        "receivers",
        NOTIFICATION,
        "lambda_function",
        "aws_lambda_permission.may_be_started_by_bucket",
        source_account=PEER,
    ),
    lose("receivers", ALARM, "alarm_actions", "aws_sns_topic_policy"),
    may_not("receivers", MAPPING, "event_source_arn", "sqs:ReceiveMessage"),
    bounded("receivers", MAPPING, "event_source_arn", "sqs:ReceiveMessage"),
    may_not(
        "receivers",
        "aws_lambda_function_event_invoke_config.process_failures",
        "destination_config",
        "sqs:SendMessage",
    ),
    put("receivers", FUNCTION, "dead_letter_config", {"target_arn": EVENTS}),
    elsewhere(
        "receivers",
        QUEUE,
        "redrive_policy",
        LETTERS,
        redrive_allow_policy=json.dumps({"redrivePermission": "denyAll"}),
    ),
    add(
        "receivers",
        "aws_scheduler_schedule.s",
        "target",
        {"target": {"arn": "${aws_sqs_queue.payments_queue.arn}", "role_arn": "x"}},
    ),
    add(
        "receivers",
        "aws_iot_topic_rule.unknown",
        "sqs",
        {"sqs": {"queue": "${aws_sqs_queue.payments_queue.arn}"}, "tags": {}},
    ),
    # Users without the key: a role (row 10), services (row 20), logs; by whichever policy.
    may_not("key-users", ROLE, "", "kms:GenerateDataKey"),
    may_not("key-users", ROLE, "", "kms:Decrypt"),
    bounded("key-users", ROLE, "", "kms:Decrypt"),
    of_key("key-users", ROLE, "", used_by("sns.amazonaws.com", "cloudwatch.amazonaws.com")),
    of_key(
        "key-users", SUBSCRIPTION, "redrive_policy", allow("kms:*", "*", Principal={"AWS": ROOT})
    ),
    of_key("key-users", ALARM, "alarm_actions", used_by("sns.amazonaws.com")),
    of_key(
        "key-users",
        "aws_cloudwatch_log_group.process_logs",
        "kms_key_id",
        used_by("sns.amazonaws.com"),
    ),
    at("key-users", "aws_cloudwatch_event_target.to_topic", "arn", event_to_topic),
    elsewhere("key-users", QUEUE, "", QUEUE, kms_master_key_id="alias/aws/sqs"),
    elsewhere("key-users", QUEUE, "", QUEUE, kms_master_key_id="${data.aws_kms_key.other.arn}"),
    add(
        "key-users",
        "aws_codebuild_project.build",
        "encryption_key",
        {"service_role": "${aws_iam_role.flow_role.arn}", "encryption_key": KEY},
    ),
    at("bucket-readers", BUCKET, "policy", reader_denied),
    # Roles that lack what their service does (rows 13, 21, 33).
    elsewhere("service-roles", FUNCTION, "role", ACCESS, policy=policy()),
    elsewhere("service-roles", FUNCTION, "role", FUNCTION, vpc_config={"subnet_ids": ["x"]}),
    put("service-roles", FUNCTION, "role", f"arn:aws:iam::{ACCOUNT}:role/unknown"),
    elsewhere(
        "service-roles",
        "aws_flow_log.flow",
        "iam_role_arn",
        "aws_iam_role_policy.flow_access",
        policy=policy(allow("logs:*", "${aws_cloudwatch_log_group.flow_logs.arn}:*")),
    ),
    add(
        "service-roles",
        "aws_db_instance.db",
        "monitoring_role_arn",
        {"monitoring_role_arn": "${aws_iam_role.flow_role.arn}", "storage_encrypted": True},
    ),
    add(
        "service-roles",
        "aws_ecs_task_definition.unknown",
        "execution_role_arn",
        {"execution_role_arn": "${aws_iam_role.flow_role.arn}", "tags": {}},
    ),
    add(
        "service-linked-roles",
        "aws_iam_service_linked_role.config",
        "aws_service_name",
        {"aws_service_name": "config.amazonaws.com"},
    ),
)

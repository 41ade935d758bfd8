"""The planted defects of what resources declare and do not do, and of numbers that disagree."""

import json

from tests.audit.policy.planted_relations import elsewhere, without
from tests.audit.policy.planting import (
    BUCKET,
    FUNCTION,
    Planted,
    add,
    at,
    drop,
    put,
    resource,
)
from tests.audit.sample_policies import Document

MAPPING = "aws_lambda_event_source_mapping.process_queue"
ALARM = "aws_cloudwatch_metric_alarm.alarms_table"
TOPIC = "aws_sns_topic.alerts_topic"
QUEUE = "aws_sqs_queue.payments_queue"
TABLE = "aws_dynamodb_table.transactions_table"
METHOD = "aws_api_gateway_method.post"
DEPLOYMENT = "aws_api_gateway_deployment.deployment"
LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.audit_lifecycle"
OBJECT = "aws_s3_object.audit_note"
LETTERS = "aws_sqs_queue.failures_queue"
FILTERED = {"filter_policy": json.dumps({"event_type": ["x"]})}
BY_BODY = {"filter_policy": json.dumps({"a": ["x"]}), "filter_policy_scope": "MessageBody"}
GLACIER = {"days": 10, "storage_class": "GLACIER"}
LARGE = [{"object_size_greater_than": 131_072}]
PIPELINE = {
    "stage": [
        {
            "name": "source",
            "action": [
                {"category": "Source", "provider": "S3", "configuration": {"S3Bucket": "b"}}
            ],
        }
    ]
}


def tiers(said: Document) -> Planted:
    """Give the bucket one lifecycle rule."""
    rule = {"status": "Enabled", **said}
    return put("storage-tiers", LIFECYCLE, "rule", [rule])


def letters_beside(document: Document) -> None:
    """Say in a resource of its own where dead letters go, which are kept for a day."""
    resource(document, LETTERS)["message_retention_seconds"] = 86_400
    policy = resource(document, QUEUE).pop("redrive_policy")
    document["resource"]["aws_sqs_queue_redrive_policy"] = {
        "apart": {"queue_url": "${aws_sqs_queue.payments_queue.id}", "redrive_policy": policy}
    }


EFFECTS: tuple[Planted, ...] = (
    # Alarms that nobody hears (row 8), or that watch nothing (row 15).
    elsewhere(
        "alarm-receivers", TOPIC, "", "aws_sns_topic_subscription.alerts_to_people", **FILTERED
    ),
    elsewhere(
        "alarm-receivers", TOPIC, "", "aws_sns_topic_subscription.alerts_to_people", **BY_BODY
    ),
    elsewhere(
        "alarm-receivers", TOPIC, "", "aws_sns_topic_subscription.alerts_to_people", protocol="sqs"
    ),
    elsewhere("alarm-receivers", TOPIC, "", "aws_sns_topic_subscription.alerts_to_people", count=0),
    without("alarm-receivers", TOPIC, "", "aws_sns_topic_subscription.alerts_to_people"),
    drop("alarm-receivers", ALARM, "alarm_actions"),
    put("alarm-receivers", ALARM, "actions_enabled", False),
    put("alarm-metrics", ALARM, "dimensions", {}),
    put("alarm-metrics", ALARM, "dimensions", {"FunctionName": "payment-other-dev"}),
    put("alarm-metrics", ALARM, "dimensions", {"QueueName": "x"}),
    elsewhere("alarm-metrics", ALARM, "dimensions", ALARM, metric_name="Failures"),
    elsewhere("alarm-metrics", ALARM, "dimensions", ALARM, namespace="AWS/Unknown"),
    elsewhere("alarm-metrics", ALARM, "dimensions", ALARM, namespace="own"),
    put(
        "alarm-metrics",
        ALARM,
        "metric_query",
        [{"id": "m", "metric": {"namespace": "AWS/SQS", "metric_name": "Errors"}}],
    ),
    without(
        "alarm-metrics",
        TABLE,
        "global_secondary_index",
        "aws_cloudwatch_metric_alarm.alarms_outbox",
    ),
    # Numbers that contradict each other (rows 14 and 18).
    put("visibility-timeout", QUEUE, "visibility_timeout_seconds", 179),
    drop("visibility-timeout", QUEUE, "visibility_timeout_seconds"),
    elsewhere(
        "visibility-timeout",
        QUEUE,
        "visibility_timeout_seconds",
        MAPPING,
        maximum_batching_window_in_seconds=1,
    ),
    elsewhere(
        "message-lifetime", QUEUE, "message_retention_seconds", LETTERS, message_retention_seconds=1
    ),
    at("message-lifetime", QUEUE, "message_retention_seconds", letters_beside),
    elsewhere(
        "message-lifetime",
        QUEUE,
        "message_retention_seconds",
        LETTERS,
        message_retention_seconds="${var.seconds}",
    ),
    tiers({"transition": [GLACIER], "filter": LARGE, "expiration": [{"days": 99}]}),
    tiers({"transition": [GLACIER], "filter": LARGE, "expiration": [{"days": 10}]}),
    tiers({"transition": [GLACIER], "filter": [{"prefix": ""}]}),
    tiers({"transition": [{"days": 9, "storage_class": "STANDARD_IA"}], "filter": LARGE}),
    tiers({"transition": [{"days": "${var.x}", "storage_class": "GLACIER"}], "filter": LARGE}),
    put(
        "storage-tiers",
        LIFECYCLE,
        "rule",
        [
            {"status": "Enabled", "transition": [GLACIER], "filter": LARGE},
            {"status": "Enabled", "expiration": [{"days": 10}], "filter": [{"prefix": "a/"}]},
        ],
    ),
    put(
        "storage-tiers",
        BUCKET,
        "lifecycle_rule",
        [{"enabled": True, "transition": [GLACIER], "expiration": [{"days": 365}]}],
    ),
    elsewhere("api-capacity", TABLE, "write_capacity", TABLE, write_capacity=9),
    elsewhere(
        "object-lifetimes",
        OBJECT,
        "key",
        LIFECYCLE,
        rule=[{"status": "Enabled", "filter": [{"prefix": ""}], "expiration": [{"days": 30}]}],
    ),
    elsewhere(
        "object-lifetimes",
        OBJECT,
        "key",
        BUCKET,
        lifecycle_rule=[{"enabled": True, "prefix": "no", "expiration": {"days": 30}}],
    ),
    put("object-lifetimes", OBJECT, "key", "${var.key}"),
    at(
        "object-lifetimes",
        FUNCTION,
        "s3_key",
        lambda d: resource(d, FUNCTION).update(
            s3_bucket="${aws_s3_bucket.audit_bucket.id}", s3_key="records/code.zip"
        ),
    ),
    # What an API declares and does not do (row 14, and a stage that keeps the old API).
    put("api-deployments", DEPLOYMENT, "triggers", {"parts": "0a1b2c"}),
    put(
        "api-deployments",
        DEPLOYMENT,
        "triggers",
        {"parts": "${length([aws_api_gateway_rest_api.api, aws_api_gateway_method.post])}"},
    ),
    at(
        "api-deployments",
        DEPLOYMENT,
        "triggers",
        lambda d: d["resource"].update(
            aws_api_gateway_gateway_response={
                "later": {"rest_api_id": "${aws_api_gateway_rest_api.api.id}"}
            }
        ),
    ),
    elsewhere(
        "api-deployments",
        DEPLOYMENT,
        "lifecycle.ignore_changes",
        DEPLOYMENT,
        lifecycle={"ignore_changes": ["triggers"]},
    ),
    drop("request-models", METHOD, "request_models"),
    put("request-models", METHOD, "request_models", {"application/json": "Process"}),
    put("request-models", METHOD, "request_models", {"$default": "Empty"}),
    elsewhere(
        "request-models",
        METHOD,
        "request_models",
        "aws_api_gateway_model.body",
        schema='{"type":1}',
    ),
    at(
        "request-models",
        METHOD,
        "request_models",
        lambda d: resource(d, METHOD).pop("request_validator_id"),
    ),
    put("request-models", METHOD, "request_parameters", {"method.request.header.X": True}),
    elsewhere("request-models", METHOD, "request_validator_id", METHOD, http_method="GET"),
    drop("config-rule-scopes", "aws_config_config_rule.tagged", "scope"),
    put(
        "config-rule-scopes",
        "aws_config_config_rule.tagged",
        "scope",
        {"compliance_resource_types": ["AWS::EC2::NetworkInterface"]},
    ),
    add("pipeline-sources", "aws_codepipeline.p", "stage", PIPELINE),
)

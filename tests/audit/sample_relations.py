"""What the resources of the sample have to do with each other: who sends what to whom."""

import json

from tests.audit.sample_policies import KEY, NAME, Document, allow, policy, tls_only, trust
from tests.audit.sample_resources import TAGS

FUNCTION = "${aws_lambda_function.process_function.arn}"
FUNCTION_NAME = "${aws_lambda_function.process_function.function_name}"
QUEUE, FAILURES = "${aws_sqs_queue.payments_queue.arn}", "${aws_sqs_queue.failures_queue.arn}"
ALERTS, EVENTS = "${aws_sns_topic.alerts_topic.arn}", "${aws_sns_topic.events_topic.arn}"
BUCKET, BUCKET_NAME = "${aws_s3_bucket.audit_bucket.arn}", "${aws_s3_bucket.audit_bucket.id}"
RULE = "${aws_cloudwatch_event_rule.sweep_rule.name}"
API = "${aws_api_gateway_rest_api.api.id}"
ACCOUNT = "${local.identity_account_id}"
OF_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
LOGS = f"arn:aws:logs:${{local.identity_region}}:{ACCOUNT}"


def may(service: str, action: str, resource: str, condition: Document) -> Document:
    """Return the statement that lets a service in."""
    return allow(action, resource, Principal={"Service": service}, Condition=condition)


def _messages() -> Document:
    from_events = {"ArnEquals": {"aws:SourceArn": EVENTS}}
    return {
        "aws_sns_topic": {
            "events_topic": {
                "name": f"payment-events-{NAME}",
                "kms_master_key_id": KEY,
                "tags": TAGS,
                "policy": policy(tls_only("sns", EVENTS)),
            }
        },
        "aws_sns_topic_subscription": {
            "alerts_to_people": {
                "topic_arn": ALERTS,
                "protocol": "email",
                "endpoint": "on-call@example.com",
            },
            "events_to_process": {
                "topic_arn": EVENTS,
                "protocol": "lambda",
                "endpoint": FUNCTION,
                "filter_policy": json.dumps({"event_type": ["payment.failed"]}),
                "redrive_policy": json.dumps({"deadLetterTargetArn": FAILURES}),
            },
        },
        "aws_sqs_queue": {
            "failures_queue": {
                "name": f"payment-failures-{NAME}",
                "kms_master_key_id": KEY,
                "message_retention_seconds": 1_209_600,
                "policy": policy(
                    tls_only("sqs", FAILURES),
                    may("sns.amazonaws.com", "sqs:SendMessage", FAILURES, from_events),
                ),
                "tags": TAGS,
            }
        },
        "aws_lambda_event_source_mapping": {
            "process_queue": {
                "event_source_arn": QUEUE,
                "function_name": FUNCTION,
                "tags": TAGS,
            }
        },
        "aws_lambda_function_event_invoke_config": {
            "process_failures": {
                "function_name": FUNCTION_NAME,
                "destination_config": {"on_failure": {"destination": FAILURES}},
            }
        },
        "aws_lambda_permission": {
            f"may_be_started_by_{name}": {
                "action": "lambda:InvokeFunction",
                "function_name": FUNCTION_NAME,
                "principal": f"{service}.amazonaws.com",
                "source_arn": source,
                **({"source_account": ACCOUNT} if service == "s3" else {}),
            }
            for name, service, source in (
                ("events", "sns", EVENTS),
                ("bucket", "s3", BUCKET),
                ("schedule", "events", "${aws_cloudwatch_event_rule.sweep_rule.arn}"),
                ("api", "apigateway", "${aws_api_gateway_rest_api.api.execution_arn}/v1/*"),
            )
        },
    }


def _starts() -> Document:
    return {
        "aws_cloudwatch_event_rule": {
            "sweep_rule": {
                "name": f"payment-sweep-{NAME}",
                "schedule_expression": "rate(1 minute)",
                "tags": TAGS,
            }
        },
        "aws_cloudwatch_event_target": {"sweep_target": {"rule": RULE, "arn": FUNCTION}},
        "aws_s3_bucket_notification": {
            "audit_objects": {
                "bucket": BUCKET_NAME,
                "lambda_function": [{"lambda_function_arn": FUNCTION, "events": ["s3:*"]}],
            }
        },
        "aws_s3_bucket_lifecycle_configuration": {
            "audit_lifecycle": {
                "bucket": BUCKET_NAME,
                "rule": [
                    {
                        "id": "age",
                        "status": "Enabled",
                        "filter": [{"prefix": "records/"}],
                        "expiration": [{"days": 365}],
                    },
                    {
                        "id": "tiers",
                        "status": "Enabled",
                        "filter": [{"object_size_greater_than": 131_072}],
                        "transition": [{"days": 90, "storage_class": "GLACIER"}],
                        "expiration": [{"days": 365}],
                    },
                ],
            }
        },
        "aws_s3_object": {
            "audit_note": {"bucket": BUCKET_NAME, "key": "note", "content": "x", "tags": TAGS}
        },
    }


def _api() -> Document:
    parts: Document = {
        "aws_api_gateway_resource": {
            "path": {"rest_api_id": API, "parent_id": "root", "path_part": "process"}
        },
        "aws_api_gateway_request_validator": {
            "bodies": {"rest_api_id": API, "name": "bodies", "validate_request_body": True}
        },
        "aws_api_gateway_model": {
            "body": {
                "rest_api_id": API,
                "name": "Process",
                "content_type": "application/json",
                "schema": json.dumps({"type": "object", "required": ["amount"]}),
            }
        },
        "aws_api_gateway_method": {
            "post": {
                "rest_api_id": API,
                "resource_id": "${aws_api_gateway_resource.path.id}",
                "http_method": "POST",
                "authorization": "AWS_IAM",
                "request_validator_id": "${aws_api_gateway_request_validator.bodies.id}",
                "request_models": {"$default": "${aws_api_gateway_model.body.name}"},
            }
        },
        "aws_api_gateway_integration": {
            "function": {
                "rest_api_id": API,
                "resource_id": "${aws_api_gateway_resource.path.id}",
                "http_method": "${aws_api_gateway_method.post.http_method}",
                "type": "AWS_PROXY",
                "uri": "${aws_lambda_function.process_function.invoke_arn}",
            }
        },
    }
    names = [f"{type_}.{name}" for type_, named in parts.items() for name in named]
    whole = ", ".join(["aws_api_gateway_rest_api.api", *names])
    return {
        **parts,
        "aws_api_gateway_rest_api": {"api": {"name": f"payment-api-{NAME}", "tags": TAGS}},
        "aws_api_gateway_deployment": {
            "deployment": {
                "rest_api_id": API,
                "triggers": {"parts": f"${{sha256(jsonencode([{whole}]))}}"},
            }
        },
        "aws_api_gateway_stage": {
            "stage": {
                "rest_api_id": API,
                "deployment_id": "${aws_api_gateway_deployment.deployment.id}",
                "stage_name": "v1",
                "tags": TAGS,
            }
        },
        "aws_api_gateway_method_settings": {
            "limits": {
                "rest_api_id": API,
                "stage_name": "v1",
                "settings": {"throttling_rate_limit": 10},
            }
        },
    }


def _watch() -> Document:
    role = "${aws_iam_role.flow_role.name}"
    return {
        "aws_iam_role": {
            "flow_role": {
                "name": f"payment-flow-{NAME}",
                "assume_role_policy": trust("vpc-flow-logs.amazonaws.com"),
                "permissions_boundary": "${aws_iam_policy.boundary.arn}",
                "tags": TAGS,
            }
        },
        "aws_iam_role_policy": {
            "flow_access": {
                "name": "flow",
                "role": role,
                "policy": policy(
                    {
                        **allow("logs:CreateLogStream", f"{LOGS}:log-group:/vpc/{NAME}:*"),
                        "Action": [
                            "logs:CreateLogStream",
                            "logs:DescribeLogStreams",
                            "logs:PutLogEvents",
                        ],
                    },
                    allow("logs:DescribeLogGroups", "*"),
                ),
            }
        },
        "aws_iam_role_policies_exclusive": {
            "flow_policies": {
                "role_name": role,
                "policy_names": ["${aws_iam_role_policy.flow_access.name}"],
            }
        },
        "aws_iam_role_policy_attachments_exclusive": {
            "flow_attachments": {"role_name": role, "policy_arns": []}
        },
        "aws_cloudwatch_log_group": {
            "flow_logs": {
                "name": f"/vpc/{NAME}",
                "retention_in_days": 30,
                "kms_key_id": KEY,
                "tags": TAGS,
            }
        },
        "aws_flow_log": {
            "flow": {
                "vpc_id": "${aws_vpc.network_vpc.id}",
                "log_destination": "${aws_cloudwatch_log_group.flow_logs.arn}",
                "iam_role_arn": "${aws_iam_role.flow_role.arn}",
                "tags": {**TAGS, "Name": f"payment-flow-{NAME}"},
            }
        },
        "aws_config_config_rule": {
            "tagged": {
                "name": f"payment-required-tags-{NAME}",
                "source": {"owner": "AWS", "source_identifier": "REQUIRED_TAGS"},
                "scope": {"compliance_resource_types": ["AWS::S3::Bucket"]},
                "tags": TAGS,
            }
        },
    }


def relations() -> Document:
    """Return the resources that relate others, by type and name."""
    return {**_messages(), **_starts(), **_api(), **_watch()}

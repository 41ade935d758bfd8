"""The resources of the sample platform: one of each kind that a rule looks at."""

import json

from tests.audit.sample_policies import (
    KEY,
    NAME,
    Document,
    allow,
    at_most,
    from_alarms,
    policy,
    tls_only,
    to_process,
    trust,
    used_by,
)

ROOT = "arn:aws:iam::${local.identity_account_id}:root"
TABLES = "arn:aws:dynamodb:${local.identity_region}:${local.identity_account_id}:table"
TAGS = {
    "Environment": "${local.identity_name}",
    "Team": "payments",
    "Owner": "payments@example.com",
    "CostCenter": "CC-1",
    "DataClassification": "restricted",
    "Project": "payments",
}


def _network() -> Document:
    vpc = "${aws_vpc.network_vpc.id}"
    return {
        "aws_vpc": {
            "network_vpc": {
                "cidr_block": "${local.network_cidr}",
                "tags": {**TAGS, "Name": f"payment-vpc-{NAME}"},
            }
        },
        "aws_subnet": {
            "network_private": {
                "count": "${length([0, 1, 2])}",
                "availability_zone_id": "${local.network_availability_zone_ids[count.index]}",
                "cidr_block": "${cidrsubnet(local.network_cidr, 4, count.index)}",
                "timeouts": {"delete": "60m"},
                "vpc_id": vpc,
                "tags": {**TAGS, "Name": f"payment-private-{NAME}"},
            }
        },
        "aws_default_security_group": {"network_default": {"vpc_id": vpc, "tags": TAGS}},
        "aws_security_group": {
            "network_functions": {
                "name": f"payment-functions-{NAME}",
                "description": "Functions",
                "timeouts": {"delete": "60m"},
                "vpc_id": vpc,
                "tags": TAGS,
            }
        },
        "aws_vpc_security_group_egress_rule": {
            "network_https": {
                "security_group_id": "${aws_security_group.network_functions.id}",
                "cidr_ipv4": "0.0.0.0/0",
                "from_port": 443,
                "to_port": 443,
                "ip_protocol": "tcp",
                "tags": TAGS,
            }
        },
    }


def _storage() -> Document:
    bucket = "${aws_s3_bucket.audit_bucket.id}"
    return {
        "aws_kms_key": {
            "key": {
                "enable_key_rotation": True,
                "deletion_window_in_days": 30,
                "policy": policy(
                    allow("kms:*", "*", Principal={"AWS": ROOT}),
                    used_by("cloudwatch.amazonaws.com", "sns.amazonaws.com"),
                    used_by("logs.${local.identity_region}.amazonaws.com"),
                ),
                "tags": TAGS,
            }
        },
        "aws_dynamodb_table": {
            "transactions_table": {
                "name": f"payment-transactions-{NAME}",
                "hash_key": "transaction_id",
                "attribute": [{"name": "transaction_id", "type": "S"}],
                "write_capacity": 10,
                "global_secondary_index": [{"name": "outbox", "hash_key": "transaction_id"}],
                "server_side_encryption": {"enabled": True, "kms_key_arn": KEY},
                "tags": TAGS,
            }
        },
        "aws_s3_bucket": {
            "audit_bucket": {
                "bucket": f"payment-audit-{NAME}-${{local.identity_account_id}}",
                "force_destroy": True,
                "tags": TAGS,
            }
        },
        "aws_s3_bucket_public_access_block": {
            "audit_access": {
                "bucket": bucket,
                "block_public_acls": True,
                "block_public_policy": True,
                "ignore_public_acls": True,
                "restrict_public_buckets": True,
            }
        },
        "aws_s3_bucket_server_side_encryption_configuration": {
            "audit_encryption": {
                "bucket": bucket,
                "rule": [
                    {
                        "apply_server_side_encryption_by_default": {
                            "sse_algorithm": "aws:kms",
                            "kms_master_key_id": KEY,
                        }
                    }
                ],
            }
        },
        "aws_s3_bucket_policy": {
            "audit_policy": {
                "bucket": bucket,
                "policy": policy(tls_only("s3", "${aws_s3_bucket.audit_bucket.arn}")),
            }
        },
    }


def _messages() -> Document:
    queue, topic = "${aws_sqs_queue.payments_queue.arn}", "${aws_sns_topic.alerts_topic.arn}"
    return {
        "aws_sqs_queue": {
            "payments_queue": {
                "name": f"payment-payments-{NAME}",
                "kms_master_key_id": KEY,
                "message_retention_seconds": 345_600,
                "visibility_timeout_seconds": 180,
                "redrive_policy": json.dumps(
                    {"deadLetterTargetArn": "${aws_sqs_queue.failures_queue.arn}"}
                ),
                "tags": TAGS,
            }
        },
        "aws_sqs_queue_policy": {
            "payments_policy": {
                "queue_url": "${aws_sqs_queue.payments_queue.url}",
                "policy": policy(tls_only("sqs", queue)),
            }
        },
        "aws_sns_topic": {
            "alerts_topic": {
                "name": f"payment-alerts-{NAME}",
                "kms_master_key_id": KEY,
                "tags": TAGS,
            }
        },
        "aws_sns_topic_policy": {
            "alerts_policy": {
                "arn": topic,
                "policy": policy(tls_only("sns", topic), from_alarms(topic)),
            }
        },
        "aws_cloudwatch_metric_alarm": {
            "alarms_errors": {
                "alarm_name": f"payment-errors-{NAME}",
                "count": "${local.alarms_enabled ? 1 : 0}",
                "namespace": "AWS/Lambda",
                "metric_name": "Errors",
                "dimensions": {
                    "FunctionName": "${aws_lambda_function.process_function.function_name}"
                },
                "threshold": 5,
                "alarm_actions": [topic],
                "tags": TAGS,
            },
            **{f"alarms_{name}": _throttles(name, index) for name, index in _THROTTLED.items()},
        },
    }


_THROTTLED = {
    "table": {},
    "outbox": {"GlobalSecondaryIndexName": "outbox"},
}


def _throttles(name: str, index: dict[str, str]) -> Document:
    table = "${aws_dynamodb_table.transactions_table.name}"
    return {
        "alarm_name": f"payment-{name}-throttles-{NAME}",
        "namespace": "AWS/DynamoDB",
        "metric_name": "WriteThrottleEvents",
        "dimensions": {"TableName": table, **index},
        "threshold": 1,
        "alarm_actions": ["${aws_sns_topic.alerts_topic.arn}"],
        "tags": TAGS,
    }


def _functions() -> Document:
    role = "${aws_iam_role.process_role.name}"
    table = "${aws_dynamodb_table.transactions_table.arn}"
    peers = "arn:aws:sqs:*:${local.peer}:*".replace(
        "local.peer", "local.deployment_peer_account_ids[0]"
    )
    return {
        "aws_iam_policy": {
            "boundary": {
                "name": f"payment-boundary-{NAME}",
                "policy": policy(
                    allow("dynamodb:PutItem", f"{TABLES}/payment-*-{NAME}"),
                    *at_most(),
                    {"Effect": "Deny", "Action": "*", "Resource": [peers]},
                ),
                "tags": TAGS,
            }
        },
        "aws_iam_role": {
            "process_role": {
                "name": f"payment-process-{NAME}",
                "assume_role_policy": trust("lambda.amazonaws.com"),
                "permissions_boundary": "${aws_iam_policy.boundary.arn}",
                "tags": TAGS,
            }
        },
        "aws_iam_role_policy": {
            "process_access": {
                "name": "access",
                "role": role,
                "policy": policy(
                    allow("dynamodb:PutItem", table),
                    allow("xray:PutTraceSegments", "*"),
                    *to_process(),
                ),
            }
        },
        "aws_iam_role_policies_exclusive": {
            "process_policies": {
                "role_name": role,
                "policy_names": ["${aws_iam_role_policy.process_access.name}"],
            }
        },
        "aws_iam_role_policy_attachments_exclusive": {
            "process_attachments": {"role_name": role, "policy_arns": []}
        },
        "aws_cloudwatch_log_group": {
            "process_logs": {
                "name": f"/aws/lambda/payment-process-{NAME}",
                "retention_in_days": "${local.logs_retention_days}",
                "kms_key_id": KEY,
                "tags": TAGS,
            }
        },
        "aws_lambda_function": {
            "process_function": {
                "function_name": f"payment-process-{NAME}",
                "role": "${aws_iam_role.process_role.arn}",
                "runtime": "python3.13",
                "architectures": ["arm64"],
                "handler": "process.handler.handle",
                "timeout": 30,
                "memory_size": "${local.functions_memory_mebibytes}",
                "filename": "../../../build/process.zip",
                "source_code_hash": "2EparKV/TAk8OAuoY9mWRZbuiMsgmURhIz07qQdhu7k=",
                "kms_key_arn": KEY,
                "environment": {
                    "variables": {"TABLE": "${aws_dynamodb_table.transactions_table.name}"}
                },
                "depends_on": ["aws_cloudwatch_log_group.process_logs"],
                "tags": TAGS,
            }
        },
    }


def resources() -> Document:
    """Return all resources, by type and name."""
    return {**_network(), **_storage(), **_messages(), **_functions()}

"""What can be attached to keys, tables, databases, buckets, topics and logs."""

from collections.abc import Iterator
from typing import Any, Final

from payctl.attached.attachment import Attachment, Attributes, Request, attachment

_KEY: Final = "aws_kms_key"
_TABLE: Final = "aws_dynamodb_table"
_CLUSTER: Final = "aws_rds_cluster"
_INSTANCE: Final = "aws_db_instance"
_BUCKET: Final = "aws_s3_bucket"
_LOG_GROUP: Final = "aws_cloudwatch_log_group"


def _bucket(attributes: Attributes) -> dict[str, Any]:
    return {"Bucket": attributes["id"]}


def _table(attributes: Attributes) -> dict[str, Any]:
    return {"TableName": attributes["name"]}


def _scaling(namespace: str, prefix: str, key: str) -> Request:
    return lambda a: {"ServiceNamespace": namespace, "ResourceId": f"{prefix}{a[key]}"}


def _grants(client: Any, attributes: Attributes) -> Iterator[str]:
    """Yield the grants that neither an AWS service holds nor Lambda made for a function."""
    for page in client.get_paginator("list_grants").paginate(KeyId=attributes["key_id"]):
        for grant in page["Grants"]:
            holder = str(grant.get("GranteePrincipal", ""))
            context = grant.get("Constraints", {})
            of_function = "aws:lambda:FunctionArn" in {
                *context.get("EncryptionContextEquals", {}),
                *context.get("EncryptionContextSubset", {}),
            }
            own = f":{attributes['account_id']}:" in holder
            if not (holder.endswith(".amazonaws.com") or (own and of_function)):
                yield grant["GrantId"]


ATTACHMENTS: Final = (
    Attachment(
        parent=_KEY,
        name="grant",
        service="kms",
        operation="list_grants",
        read=_grants,
        managed=("aws_kms_grant",),
        made_by_aws="grants to AWS services, and those of Lambda for one function",
    ),
    attachment(
        _KEY,
        "key alias",
        "kms.list_aliases",
        lambda a: {"KeyId": a["key_id"]},
        "Aliases[].AliasName",
        "aws_kms_alias",
    ),
    attachment(
        _TABLE,
        "resource policy",
        "dynamodb.get_resource_policy",
        lambda a: {"ResourceArn": a["arn"]},
        "[Policy]",
        "aws_dynamodb_resource_policy",
    ),
    attachment(
        _TABLE,
        "streaming destination",
        "dynamodb.describe_kinesis_streaming_destination",
        _table,
        "KinesisDataStreamDestinations[?DestinationStatus != 'DISABLED'].StreamArn",
        "aws_dynamodb_kinesis_streaming_destination",
    ),
    attachment(
        _TABLE,
        "backup made by hand",
        "dynamodb.list_backups",
        lambda a: {"TableName": a["name"], "BackupType": "USER"},
        "BackupSummaries[].BackupArn",
        made_by_aws="backups of the system",
    ),
    attachment(
        _TABLE,
        "scalable target",
        "application-autoscaling.describe_scalable_targets",
        lambda a: {"ServiceNamespace": "dynamodb", "ResourceIds": [f"table/{a['name']}"]},
        "ScalableTargets[].ScalableDimension",
        "aws_appautoscaling_target",
    ),
    attachment(
        _TABLE,
        "scaling policy",
        "application-autoscaling.describe_scaling_policies",
        _scaling("dynamodb", "table/", "name"),
        "ScalingPolicies[].PolicyName",
        "aws_appautoscaling_policy",
    ),
    attachment(
        _TABLE,
        "scheduled scaling",
        "application-autoscaling.describe_scheduled_actions",
        _scaling("dynamodb", "table/", "name"),
        "ScheduledActions[].ScheduledActionName",
        "aws_appautoscaling_scheduled_action",
    ),
    attachment(
        _CLUSTER,
        "cluster instance",
        "rds.describe_db_instances",
        lambda a: {"Filters": [{"Name": "db-cluster-id", "Values": [a["cluster_identifier"]]}]},
        "DBInstances[].DBInstanceIdentifier",
        "aws_rds_cluster_instance",
    ),
    attachment(
        _CLUSTER,
        "custom endpoint",
        "rds.describe_db_cluster_endpoints",
        lambda a: {"DBClusterIdentifier": a["cluster_identifier"]},
        "DBClusterEndpoints[?EndpointType == 'CUSTOM'].DBClusterEndpointIdentifier",
        "aws_rds_cluster_endpoint",
        made_by_aws="the writer's and the readers' endpoint",
    ),
    attachment(
        _CLUSTER,
        "snapshot made by hand",
        "rds.describe_db_cluster_snapshots",
        lambda a: {"DBClusterIdentifier": a["cluster_identifier"], "SnapshotType": "manual"},
        "DBClusterSnapshots[].DBClusterSnapshotArn",
        "aws_db_cluster_snapshot",
        made_by_aws="automated snapshots",
    ),
    attachment(
        _CLUSTER,
        "scaling policy",
        "application-autoscaling.describe_scaling_policies",
        _scaling("rds", "cluster:", "cluster_identifier"),
        "ScalingPolicies[].PolicyName",
        "aws_appautoscaling_policy",
    ),
    attachment(
        _INSTANCE,
        "snapshot made by hand",
        "rds.describe_db_snapshots",
        lambda a: {"DBInstanceIdentifier": a["identifier"], "SnapshotType": "manual"},
        "DBSnapshots[].DBSnapshotArn",
        "aws_db_snapshot",
        made_by_aws="automated snapshots",
    ),
    attachment(
        _INSTANCE,
        "read replica",
        "rds.describe_db_instances",
        lambda a: {"DBInstanceIdentifier": a["identifier"]},
        "DBInstances[].ReadReplicaDBInstanceIdentifiers[]",
        _INSTANCE,
    ),
    attachment(
        _BUCKET,
        "notification",
        "s3.get_bucket_notification_configuration",
        _bucket,
        "[LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations][][].Id",
        "aws_s3_bucket_notification",
    ),
    attachment(
        _BUCKET,
        "access point",
        "s3control.list_access_points",
        lambda a: {"AccountId": a["account_id"], "Bucket": a["id"]},
        "AccessPointList[].Name",
        "aws_s3_access_point",
    ),
    attachment(
        _BUCKET,
        "inventory",
        "s3.list_bucket_inventory_configurations",
        _bucket,
        "InventoryConfigurationList[].Id",
        "aws_s3_bucket_inventory",
    ),
    attachment(
        _BUCKET,
        "analytics export",
        "s3.list_bucket_analytics_configurations",
        _bucket,
        "AnalyticsConfigurationList[].Id",
        "aws_s3_bucket_analytics_configuration",
    ),
    attachment(
        "aws_sns_topic",
        "subscription",
        "sns.list_subscriptions_by_topic",
        lambda a: {"TopicArn": a["arn"]},
        "Subscriptions[].Endpoint",
        "aws_sns_topic_subscription",
    ),
    attachment(
        _LOG_GROUP,
        "subscription filter",
        "logs.describe_subscription_filters",
        lambda a: {"logGroupName": a["name"]},
        "subscriptionFilters[].filterName",
        "aws_cloudwatch_log_subscription_filter",
    ),
    attachment(
        _LOG_GROUP,
        "metric filter",
        "logs.describe_metric_filters",
        lambda a: {"logGroupName": a["name"]},
        "metricFilters[].filterName",
        "aws_cloudwatch_log_metric_filter",
    ),
    attachment(
        "aws_cloudwatch_event_rule",
        "rule target",
        "events.list_targets_by_rule",
        lambda a: {"Rule": a["name"]},
        "Targets[].Id",
        "aws_cloudwatch_event_target",
    ),
)
"""Keys, tables, databases, buckets, topics, log groups and rules."""

"""The dimensions under which AWS publishes metrics, and what their values are names of.

Each set was read in the metrics page of its service on 2026-11-25; a metric exists under no
other. CloudWatch accepts an alarm on whatever does not exist, and leaves it without data.

- https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
- https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
- https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
- https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
- https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
- https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
- https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
- https://docs.aws.amazon.com/codebuild/latest/userguide/cloudwatch_metrics-codebuild.html
- https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
- https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
"""

from collections.abc import Mapping
from typing import Final

Dimensions = frozenset[str]


def _of(*sets: str) -> tuple[Dimensions, ...]:
    return tuple(frozenset(names.split()) for names in sets)


_FUNCTION: Final = _of(
    "FunctionName", "FunctionName Resource", "ExecutedVersion FunctionName Resource"
)
_TABLE: Final = _of("TableName")
_OR_INDEX: Final = _of("TableName", "GlobalSecondaryIndexName TableName")
_OPERATION: Final = _of("Operation TableName")
_QUEUE: Final = _of("QueueName")
_TOPIC: Final = _of("TopicName")
_API: Final = _of("ApiName", "ApiName Stage", "ApiName Method Resource Stage")
_INSTANCE: Final = _of("DBInstanceIdentifier")
_CLUSTER_OR_INSTANCE: Final = _of(
    "DBInstanceIdentifier", "DBClusterIdentifier", "DBClusterIdentifier Role"
)
_RULE: Final = _of("RuleName", "EventBusName RuleName")
_PROJECT: Final = _of("ProjectName")
_BALANCER: Final = _of(
    "LoadBalancer", "AvailabilityZone LoadBalancer", "LoadBalancer TargetGroup",
    "AvailabilityZone LoadBalancer TargetGroup",
)  # fmt: skip


def _metrics(names: str, dimensions: tuple[Dimensions, ...]) -> dict[str, tuple[Dimensions, ...]]:
    return dict.fromkeys(names.split(), dimensions)


METRICS: Final[Mapping[str, Mapping[str, tuple[Dimensions, ...]]]] = {
    "AWS/Lambda": _metrics(
        """AsyncEventAge AsyncEventsDropped AsyncEventsReceived ConcurrentExecutions
        DeadLetterErrors DestinationDeliveryFailures Duration Errors Invocations IteratorAge
        Throttles""",
        _FUNCTION,
    ),
    "AWS/DynamoDB": {
        **_metrics(
            """ConsumedReadCapacityUnits ConsumedWriteCapacityUnits ProvisionedReadCapacityUnits
            ProvisionedWriteCapacityUnits ReadThrottleEvents WriteThrottleEvents""",
            _OR_INDEX,
        ),
        **_metrics("OnlineIndexThrottleEvents", _of("GlobalSecondaryIndexName TableName")),
        **_metrics("ConditionalCheckFailedRequests TransactionConflict", _TABLE),
        **_metrics("SuccessfulRequestLatency SystemErrors ThrottledRequests", _OPERATION),
    },
    "AWS/SQS": _metrics(
        """ApproximateAgeOfOldestMessage ApproximateNumberOfMessagesDelayed
        ApproximateNumberOfMessagesNotVisible ApproximateNumberOfMessagesVisible
        NumberOfEmptyReceives NumberOfMessagesDeleted NumberOfMessagesReceived
        NumberOfMessagesSent""",
        _QUEUE,
    ),
    "AWS/SNS": _metrics(
        """NumberOfMessagesPublished NumberOfNotificationsDelivered NumberOfNotificationsFailed
        NumberOfNotificationsFailedToRedriveToDlq NumberOfNotificationsFilteredOut
        NumberOfNotificationsRedrivenToDlq""",
        _TOPIC,
    ),
    "AWS/ApiGateway": _metrics("4XXError 5XXError Count IntegrationLatency Latency", _API),
    "AWS/RDS": {
        **_metrics(
            """CPUUtilization DatabaseConnections FreeableMemory FreeLocalStorage
            AuroraReplicaLag ReadLatency WriteLatency""",
            _CLUSTER_OR_INSTANCE,
        ),
        **_metrics("FreeStorageSpace ReplicaLag", _INSTANCE),
        **_metrics("VolumeBytesUsed", _of("DBClusterIdentifier")),
    },
    "AWS/Events": _metrics(
        """DeadLetterInvocations FailedInvocations Invocations InvocationsFailedToBeSentToDlq
        InvocationsSentToDlq ThrottledRules TriggeredRules""",
        _RULE,
    ),
    "AWS/CodeBuild": _metrics("Builds Duration FailedBuilds SucceededBuilds", _PROJECT),
    "AWS/ApplicationELB": _metrics(
        """HTTPCode_ELB_5XX_Count HTTPCode_Target_5XX_Count LambdaInternalError LambdaUserError
        RejectedConnectionCount RequestCount TargetResponseTime""",
        _BALANCER,
    ),
    "AWS/NATGateway": _metrics("ErrorPortAllocation PacketsDropCount", _of("NatGatewayId")),
}
"""By namespace and metric, the sets of dimensions that have data."""
NAMED: Final[Mapping[str, tuple[str, ...]]] = {
    "ApiName": ("aws_api_gateway_rest_api", "name"),
    "DBClusterIdentifier": ("aws_rds_cluster", "cluster_identifier"),
    "DBInstanceIdentifier": ("aws_db_instance", "identifier"),
    "FunctionName": ("aws_lambda_function", "function_name"),
    "LoadBalancer": ("aws_lb", "arn_suffix"),
    "NatGatewayId": ("aws_nat_gateway", "id"),
    "ProjectName": ("aws_codebuild_project", "name"),
    "QueueName": ("aws_sqs_queue", "name"),
    "RuleName": ("aws_cloudwatch_event_rule", "name"),
    "Stage": ("aws_api_gateway_stage", "stage_name"),
    "TableName": ("aws_dynamodb_table", "name"),
    "TargetGroup": ("aws_lb_target_group", "arn_suffix"),
    "TopicName": ("aws_sns_topic", "name"),
}
"""What the value of a dimension is the name of: a type and its attribute."""

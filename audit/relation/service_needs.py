"""What an AWS service asks of the role that it is given for something, by its documentation."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from attrs import frozen

from audit.block import blocks, first
from audit.relation.deployed import Deployed
from audit.synthesized import Resource


@frozen
class Need:
    """An action that a role must be allowed on a resource, by its ARN."""

    action: str
    on: str


@frozen(kw_only=True)
class Given:
    """A role that is given to a service.

    Attributes:
        role: As written.

        needs: What the service does with it.
    """

    to: Resource
    path: str
    role: object
    needs: tuple[Need, ...]


def given_roles(world: Deployed) -> Iterator[Given]:
    """Yield every role that a resource hands to its service."""
    for resource in world.all:
        if resource.type not in _OF_TYPE:
            continue
        path, needs = _OF_TYPE[resource.type]
        role = resource.config.get(path)
        found = tuple(needs(world, resource))
        if role and found:
            yield Given(to=resource, path=path, role=role, needs=found)


def _on(resource: str, actions: str) -> Iterator[Need]:
    return (Need(action, resource) for action in actions.split())


def _arn(world: Deployed, service: str, resource: str) -> str:
    return f"arn:aws:{service}:{world.home.region}:{world.home.account}:{resource}"


def _flow_log(world: Deployed, it: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html."""
    group = str(it.config.get("log_destination")).removesuffix(":*")
    yield from _on(f"{group}:log-stream:any", "logs:CreateLogStream logs:PutLogEvents")
    yield from _on(f"{group}:log-stream:", "logs:DescribeLogStreams")
    yield from _on(_arn(world, "logs", "log-group::log-stream:"), "logs:DescribeLogGroups")


def _monitored(world: Deployed, _: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonRDSEnhancedMonitoringRole.html."""
    group = _arn(world, "logs", "log-group:RDSOSMetrics")
    yield from _on(f"{group}:log-stream:", "logs:CreateLogGroup logs:PutRetentionPolicy")
    streams = "logs:CreateLogStream logs:DescribeLogStreams logs:GetLogEvents logs:PutLogEvents"
    yield from _on(f"{group}:log-stream:any", streams)


def _function(world: Deployed, it: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html."""
    if any(vpc.get("subnet_ids") for vpc in blocks(it.config, "vpc_config")):
        on_interfaces = (
            "ec2:AssignPrivateIpAddresses ec2:CreateNetworkInterface "
            "ec2:DeleteNetworkInterface ec2:UnassignPrivateIpAddresses"
        )
        for kind in ("network-interface", "security-group", "subnet", "any"):
            yield from _on(_arn(world, "ec2", f"{kind}/any"), on_interfaces)
        yield from _on("*", "ec2:DescribeNetworkInterfaces ec2:DescribeSubnets")
    if first(it.config, "tracing_config", "mode") == "Active":
        yield from _on("*", "xray:PutTelemetryRecords xray:PutTraceSegments")
    group = first(it.config, "logging_config", "log_group")
    name = group or f"/aws/lambda/{it.config.get('function_name')}"
    streams = _arn(world, "logs", f"log-group:{name}:log-stream:any")
    yield from _on(streams, "logs:CreateLogStream logs:PutLogEvents")


def _build(world: Deployed, it: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html."""
    group = first(it.config, "logs_config", "cloudwatch_logs", "group_name")
    name = group or f"/aws/codebuild/{it.config.get('name')}"
    streams = _arn(world, "logs", f"log-group:{name}:log-stream:any")
    yield from _on(streams, "logs:CreateLogStream logs:PutLogEvents")
    for source in blocks(it.config, "source"):
        if source.get("type") == "S3":
            place, reads = f"arn:aws:s3:::{source.get('location')}", "s3:GetObject"
            yield from _on(place, f"{reads} s3:GetObjectVersion")


def _pipeline(_: Deployed, it: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html."""
    for store in blocks(it.config, "artifact_store"):
        bucket = f"arn:aws:s3:::{store.get('location')}"
        yield from _on(f"{bucket}/any", "s3:GetObject s3:GetObjectVersion s3:PutObject")
        yield from _on(bucket, "s3:GetBucketVersioning")
    for action in blocks(it.config, "stage", "action"):
        place = action.get("configuration") or {}
        if action.get("category") == "Source" and action.get("provider") == "S3":
            bucket = f"arn:aws:s3:::{place.get('S3Bucket')}"
            key = f"{bucket}/{place.get('S3ObjectKey')}"
            yield from _on(key, "s3:GetObject s3:GetObjectVersion")
            yield from _on(bucket, "s3:GetBucketVersioning")


def _api_account(world: Deployed, _: Resource) -> Iterator[Need]:
    """Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonAPIGatewayPushToCloudWatchLogs.html."""
    group = _arn(world, "logs", "log-group:any")
    yield from _on(f"{group}:log-stream:", "logs:CreateLogGroup logs:DescribeLogStreams")
    streams = "logs:CreateLogStream logs:FilterLogEvents logs:GetLogEvents logs:PutLogEvents"
    yield from _on(f"{group}:log-stream:any", streams)
    yield from _on(_arn(world, "logs", "log-group::log-stream:"), "logs:DescribeLogGroups")


_OF_TYPE: Final[Mapping[str, tuple[str, Callable[[Deployed, Resource], Iterator[Need]]]]] = {
    "aws_api_gateway_account": ("cloudwatch_role_arn", _api_account),
    "aws_codebuild_project": ("service_role", _build),
    "aws_codepipeline": ("role_arn", _pipeline),
    "aws_db_instance": ("monitoring_role_arn", _monitored),
    "aws_flow_log": ("iam_role_arn", _flow_log),
    "aws_lambda_function": ("role", _function),
    "aws_rds_cluster": ("monitoring_role_arn", _monitored),
    "aws_rds_cluster_instance": ("monitoring_role_arn", _monitored),
}
"""By type: the attribute that holds the role, and what the service does with it."""
KNOWN: Final = frozenset(_OF_TYPE)
"""The types of resources of which it is known what they do with their role."""

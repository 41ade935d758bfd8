"""Finds what is in the account under our names or tags and in no state."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import jmespath
from attrs import field, frozen

from model.names import PREFIX, Names
from payctl.access import Access
from payctl.aws.lingering import is_lingering
from payctl.aws.refusal import asking


@frozen
class _Listing:
    """One call that lists resources: JMESPath finds a pair of identity and name for each."""

    service: str
    operation: str
    pairs: str
    request: Mapping[str, Any] = field(factory=dict)

    @property
    def call(self) -> str:
        """The call as `Endpoint.unanswered` has it."""
        return f"{self.service}.{self.operation}"

    def found(self, client: Any) -> Iterator[tuple[str, str]]:
        """Yield the identity and the name of everything that is listed."""
        if client.can_paginate(self.operation):
            answers = client.get_paginator(self.operation).paginate(**self.request)
        else:
            answers = [getattr(client, self.operation)(**self.request)]
        for answer in answers:
            for identity, name in jmespath.search(self.pairs, answer) or ():
                if name:
                    yield str(identity), str(name)


_MANUAL: Final = {"SnapshotType": "manual"}
LISTINGS: Final = (
    _Listing("apigateway", "get_rest_apis", "items[].[id, name]"),
    _Listing("apigatewayv2", "get_apis", "Items[].[ApiId, Name]"),
    _Listing("backup", "list_backup_vaults", "BackupVaultList[].[BackupVaultArn, BackupVaultName]"),
    _Listing("cloudwatch", "describe_alarms", "MetricAlarms[].[AlarmArn, AlarmName]"),
    _Listing("cloudwatch", "list_dashboards", "DashboardEntries[].[DashboardArn, DashboardName]"),
    _Listing("codebuild", "list_projects", "projects[].[@, @]"),
    _Listing("codepipeline", "list_pipelines", "pipelines[].[name, name]"),
    _Listing("dynamodb", "list_tables", "TableNames[].[@, @]"),
    _Listing(
        "ec2",
        "describe_launch_templates",
        "LaunchTemplates[].[LaunchTemplateId, LaunchTemplateName]",
    ),
    _Listing("ec2", "describe_security_groups", "SecurityGroups[].[GroupId, GroupName]"),
    _Listing("ec2", "describe_vpcs", "Vpcs[].[VpcId, (Tags || `[]`)[?Key == 'Name'].Value | [0]]"),
    _Listing(
        "ec2",
        "describe_instances",
        "Reservations[].Instances[].[InstanceId, (Tags || `[]`)[?Key == 'Name'].Value | [0]]",
    ),
    _Listing("ecr", "describe_repositories", "repositories[].[repositoryArn, repositoryName]"),
    _Listing("ecs", "list_clusters", "clusterArns[].[@, @]"),
    _Listing(
        "elbv2", "describe_load_balancers", "LoadBalancers[].[LoadBalancerArn, LoadBalancerName]"
    ),
    _Listing("elbv2", "describe_target_groups", "TargetGroups[].[TargetGroupArn, TargetGroupName]"),
    _Listing("events", "list_event_buses", "EventBuses[].[Arn, Name]"),
    _Listing("events", "list_rules", "Rules[].[Arn, Name]"),
    _Listing("firehose", "list_delivery_streams", "DeliveryStreamNames[].[@, @]"),
    _Listing("iam", "list_groups", "Groups[].[Arn, GroupName]"),
    _Listing("iam", "list_instance_profiles", "InstanceProfiles[].[Arn, InstanceProfileName]"),
    _Listing("iam", "list_policies", "Policies[].[Arn, PolicyName]", {"Scope": "Local"}),
    _Listing("iam", "list_roles", "Roles[].[Arn, RoleName]"),
    _Listing("iam", "list_users", "Users[].[Arn, UserName]"),
    _Listing("kinesis", "list_streams", "StreamNames[].[@, @]"),
    _Listing("kms", "list_aliases", "Aliases[].[AliasArn, AliasName]"),
    _Listing("lambda", "list_functions", "Functions[].[FunctionArn, FunctionName]"),
    _Listing("lambda", "list_layers", "Layers[].[LayerArn, LayerName]"),
    _Listing("logs", "describe_log_groups", "logGroups[].[arn, logGroupName]"),
    _Listing("rds", "describe_db_clusters", "DBClusters[].[DBClusterArn, DBClusterIdentifier]"),
    _Listing(
        "rds",
        "describe_db_cluster_snapshots",
        "DBClusterSnapshots[].[DBClusterSnapshotArn, DBClusterSnapshotIdentifier]",
        _MANUAL,
    ),
    _Listing("rds", "describe_db_instances", "DBInstances[].[DBInstanceArn, DBInstanceIdentifier]"),
    _Listing("rds", "describe_db_proxies", "DBProxies[].[DBProxyArn, DBProxyName]"),
    _Listing(
        "rds",
        "describe_db_snapshots",
        "DBSnapshots[].[DBSnapshotArn, DBSnapshotIdentifier]",
        _MANUAL,
    ),
    _Listing(
        "rds", "describe_db_subnet_groups", "DBSubnetGroups[].[DBSubnetGroupArn, DBSubnetGroupName]"
    ),
    _Listing("s3", "list_buckets", "Buckets[].[Name, Name]"),
    _Listing("scheduler", "list_schedules", "Schedules[].[Arn, Name]"),
    _Listing("secretsmanager", "list_secrets", "SecretList[].[ARN, Name]"),
    _Listing("sns", "list_topics", "Topics[].[TopicArn, TopicArn]"),
    _Listing("sqs", "list_queues", "QueueUrls[].[@, @]"),
    _Listing("ssm", "describe_parameters", "Parameters[].[Name, Name]"),
    _Listing("stepfunctions", "list_state_machines", "stateMachines[].[stateMachineArn, name]"),
)
"""The calls that list resources with names; the tagging API knows only what has tags."""


def unmanaged(
    access: Access,
    *,
    names: Names,
    tags: Mapping[str, str],
    known: frozenset[str],
) -> tuple[str, ...]:
    """Return ARNs or names that are ours by name or by *tags*, and not *known* to any state.

    Args:
        access: The way into the account.

        names: The names of the environment, or of a copy of it.

        tags: The tags that all of our resources have.

        known: Every id, ARN, name and URL in the states that the account holds.

    Raises:
        AccessError: When AWS refuses or does not answer.
    """
    ours: dict[str, str] = {}
    client_of = cache(access.client)
    for listing in LISTINGS:
        if listing.call in access.endpoint.unanswered:
            continue
        with asking(f"list what is in {listing.service} ({listing.operation})"):
            for identity, name in listing.found(client_of(listing.service)):
                if is_ours(name, names):
                    ours[name.rpartition(":")[2]] = identity
    for arn in _tagged(access, tags):
        ours.setdefault(arn.rpartition(":")[2].rpartition("/")[2], arn)
    lone = (identity for name, identity in ours.items() if not _known(identity, name, known))
    return tuple(sorted(identity for identity in lone if not is_lingering(access, identity)))


def is_ours(name: str, names: Names) -> bool:
    """Tell whether *name* has `payment-…-<environment>` in it, whatever stands around it."""
    apart = r"[^a-z0-9]"
    pattern = rf"(^|{apart}){PREFIX}{apart}(.*{apart})?{re.escape(names.ending)}($|{apart})"
    return bool(re.search(pattern, name.lower())) or name.startswith(names.parameter(""))


def _tagged(access: Access, tags: Mapping[str, str]) -> Iterator[str]:
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    with asking("list what has our tags"):
        client = access.client("resourcegroupstaggingapi")
        for page in client.get_paginator("get_resources").paginate(TagFilters=filters):
            for resource in page["ResourceTagMappingList"]:
                yield resource["ResourceARN"]


def _known(identity: str, name: str, known: frozenset[str]) -> bool:
    plain = identity.removesuffix(":*")
    last = plain.rpartition(":")[2]
    return not known.isdisjoint({plain, name, last, last.rpartition("/")[2]})

"""Finds what is in the account under our tags or our names and in no state."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

from model.environment import Environment
from model.names import Names
from payctl.access import Access
from payctl.aws.lingering import is_lingering
from payctl.aws.refusal import asking
from payctl.project import Project

Found = tuple[str, str]
"""What to call it, and its name."""


def _listed(operation: str, key: str, name: str, arn: str = "") -> Callable[[Any], Iterator[Found]]:
    """Return a function that lists all pages of *operation* with the name and ARN of each item."""

    def found(client: Any) -> Iterator[Found]:
        if client.can_paginate(operation):
            pages = client.get_paginator(operation).paginate()
        else:
            pages = [getattr(client, operation)()]
        for page in pages:
            for item in page.get(key, ()):
                if isinstance(item, str):
                    yield item, item.rpartition("/")[2].rpartition(":")[2]
                else:
                    yield str(item.get(arn) or item[name]), str(item[name])

    return found


_SERVICES: Final = {
    "s3": (_listed("list_buckets", "Buckets", "Name"),),
    "iam": (
        _listed("list_roles", "Roles", "RoleName", "Arn"),
        _listed("list_users", "Users", "UserName", "Arn"),
    ),
    "sqs": (_listed("list_queues", "QueueUrls", ""),),
    "sns": (_listed("list_topics", "Topics", "TopicArn", "TopicArn"),),
    "lambda": (_listed("list_functions", "Functions", "FunctionName", "FunctionArn"),),
    "dynamodb": (_listed("list_tables", "TableNames", ""),),
    "logs": (_listed("describe_log_groups", "logGroups", "logGroupName", "arn"),),
    "cloudwatch": (_listed("describe_alarms", "MetricAlarms", "AlarmName", "AlarmArn"),),
    "events": (_listed("list_rules", "Rules", "Name", "Arn"),),
}
"""Services whose resources have names of ours; the tagging API knows only what has tags."""


def unmanaged(
    access: Access, *, project: Project, environment: Environment, known: Collection[str]
) -> tuple[str, ...]:
    """Return ARNs or names that are ours by name or tag, and not *known* to any state."""
    names = environment.names(project.blueprint.platform)
    ours: dict[str, str] = {}
    for service, listings in _SERVICES.items():
        with asking(f"list what is in {service}"):
            for listing in listings:
                for identity, name in listing(access.client(service)):
                    if _is_ours(name, names, access.account_id):
                        ours[name.rpartition(":")[2]] = identity
    keys = project.blueprint.platform.tag_keys
    wanted = {keys.project: project.name, keys.environment: environment.identity.name}
    for arn in _tagged(access, wanted):
        ours.setdefault(arn.rpartition(":")[2].rpartition("/")[2], arn)
    lone = (identity for name, identity in ours.items() if not _known(identity, name, known))
    return tuple(sorted(identity for identity in lone if not is_lingering(access, identity)))


def _is_ours(name: str, names: Names, account_id: str) -> bool:
    """Tell whether *name* is `payment-<kind>-<environment>`, perhaps with the account behind it."""
    last = name.rpartition("/")[2].rpartition(":")[2]
    return names.is_resource(last, account_id=account_id)


def _tagged(access: Access, tags: dict[str, str]) -> Iterator[str]:
    filters = [{"Key": key, "Values": [value]} for key, value in tags.items()]
    with asking("list what has our tags"):
        client = access.client("resourcegroupstaggingapi")
        for page in client.get_paginator("get_resources").paginate(TagFilters=filters):
            for resource in page["ResourceTagMappingList"]:
                yield resource["ResourceARN"]


def _known(identity: str, name: str, known: Collection[str]) -> bool:
    plain = identity.removesuffix(":*")
    last = plain.rpartition(":")[2]
    candidates = {plain, name, last, last.rpartition("/")[2]}
    return bool(candidates & set(known))

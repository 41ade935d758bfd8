"""Names the changes that cannot be undone: what a plan would replace, with what is in it.

Terraform replaces a network or a database as it replaces anything else. Subnets that Lambda and
RDS use cannot go, so that such an apply ends half-way with neither the old nor the new; a table,
a bucket or a key goes, and its payments with it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from audit.errors import UnknownFormatError
from audit.finding import Finding

RULE: Final = "one-way"
_BESIDE: Final = (
    "deploy a copy with the new settings (--suffix), move what is in the old one, then destroy it"
)


@frozen(kw_only=True)
class OneWay:
    """Resources that are not replaced.

    Attributes:
        types: Terraform's names of them.

        why: What is lost, or does not go.

        how: How the change is made instead.

        source: Who says so.
    """

    types: frozenset[str]
    why: str
    how: str
    source: str


ONE_WAY: Final = (
    OneWay(
        types=frozenset({"aws_vpc", "aws_subnet", "aws_db_subnet_group", "aws_security_group"}),
        why="functions and databases are in it, and cannot leave",
        how=_BESIDE,
        source="https://github.com/hashicorp/terraform-provider-aws/issues/27459",
    ),
    OneWay(
        types=frozenset({"aws_db_instance", "aws_rds_cluster"}),
        why="all that is in the database is gone, its automated backups included",
        how="take a snapshot, and restore it under the new settings in a copy (--suffix)",
        source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/"
        "USER_WorkingWithAutomatedBackups.html",
    ),
    OneWay(
        types=frozenset({"aws_dynamodb_table"}),
        why="all items are gone",
        how="restore a point in time under the new name, in a copy (--suffix)",
        source="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
        "PointInTimeRecovery.html",
    ),
    OneWay(
        types=frozenset({"aws_s3_bucket"}),
        why="all objects are gone: the bucket is emptied first (force_destroy)",
        how="make the new bucket beside the old one, and copy the objects",
        source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    ),
    OneWay(
        types=frozenset({"aws_kms_key"}),
        why="what it has encrypted, backups included, cannot be read any more",
        how="make the new key beside the old one, and encrypt again",
        source="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    ),
    OneWay(
        types=frozenset({"aws_sqs_queue"}),
        why="messages that wait are gone",
        how="let consumers empty it, or redrive it to the new one",
        source="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/"
        "API_DeleteQueue.html",
    ),
    OneWay(
        types=frozenset({"aws_cloudwatch_log_group"}),
        why="logs are evidence, and gone with their group",
        how="export them to a bucket first",
        source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html",
    ),
)
_BY_TYPE: Final = {type_: one for one in ONE_WAY for type_ in one.types}
_EMPTY: Final = "replace_because_tainted"
"""Its creation failed, so that nothing is in it."""


def one_way_changes(plan: object) -> tuple[Finding, ...]:
    """Return what *plan* (`terraform show -json`) would replace, and must not.

    What it only removes needs the confirmation token (`payctl deploy`): it is on purpose.

    Raises:
        UnknownFormatError: When it is no plan.
    """
    changes = plan.get("resource_changes", []) if isinstance(plan, dict) else None
    if not isinstance(changes, list):
        raise UnknownFormatError("plan: resource_changes must be a list")
    return tuple(_findings(changes))


def _findings(changes: list[Any]) -> Iterator[Finding]:
    for entry in changes:
        change = entry.get("change") if isinstance(entry, dict) else None
        if not isinstance(change, dict) or not isinstance(change.get("actions"), list):
            raise UnknownFormatError("plan: every resource change must have actions")
        one = _BY_TYPE.get(str(entry.get("type")))
        if one is None or not {"create", "delete"} <= set(change["actions"]):
            continue
        if entry.get("action_reason") == _EMPTY or entry.get("deposed"):
            continue
        yield Finding(
            rule=RULE,
            where=str(entry.get("address")),
            path=", ".join(_paths(change)),
            message=(f"must not be replaced: {one.why}. Instead: {one.how}. ({one.source})"),
        )


def _paths(change: Mapping[str, Any]) -> Iterator[str]:
    """Yield the attributes that force the replacement."""
    for path in change.get("replace_paths") or ():
        yield ".".join(str(part) for part in path) if isinstance(path, list) else str(path)

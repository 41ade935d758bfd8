"""Changes that somebody makes by hand, past Terraform; `payctl drift` must find each of them."""

import json
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from devcloud.reach import access_to
from devcloud.record import Record

Client = Callable[[str], Any]


@frozen
class Scene:
    """The account in which somebody tampers."""

    record: Record

    def client(self, service: str) -> Any:
        """Return a client of *service*."""
        return access_to(self.record).client(service)

    def named(self, kind: str) -> str:
        """Return the name of the resource of a *kind*, as the platform names it."""
        return "-".join(
            filter(None, ("payment", kind, self.record.environment, self.record.suffix))
        )


@frozen(kw_only=True)
class Tampering:
    """One change by hand.

    Attributes:
        what: What it does, for people.

        do: Does it, and returns the name of what it changed.
    """

    what: str
    do: Callable[[Scene], str]


def _function_memory(scene: Scene) -> str:
    name = scene.named("processing")
    scene.client("lambda").update_function_configuration(FunctionName=name, MemorySize=128)
    return name


def _function_timeout(scene: Scene) -> str:
    name = scene.named("status")
    scene.client("lambda").update_function_configuration(FunctionName=name, Timeout=3)
    return name


def _table_capacity(scene: Scene) -> str:
    name = scene.named("audit")
    scene.client("dynamodb").update_table(
        TableName=name,
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
    )
    return name


def _queue_patience(scene: Scene) -> str:
    sqs = scene.client("sqs")
    url = sqs.get_queue_url(QueueName=scene.named("queue"))["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})
    return scene.named("queue")


def _open_port(scene: Scene) -> str:
    ec2 = scene.client("ec2")
    groups = ec2.describe_security_groups(
        Filters=[{"Name": "group-name", "Values": [f"*{scene.named('database')}*"]}]
    )["SecurityGroups"]
    groups = groups or [
        group
        for group in ec2.describe_security_groups()["SecurityGroups"]
        if "database" in group["GroupName"]
    ]
    ec2.authorize_security_group_ingress(
        GroupId=groups[0]["GroupId"],
        IpPermissions=[
            {
                "IpProtocol": "tcp",
                "FromPort": 22,
                "ToPort": 22,
                "IpRanges": [{"CidrIp": "0.0.0.0/0"}],
            }
        ],
    )
    return str(groups[0]["GroupName"])


def _role_policy(scene: Scene) -> str:
    iam = scene.client("iam")
    name = scene.client("lambda").get_function(FunctionName=scene.named("processing"))
    role = str(name["Configuration"]["Role"]).rpartition("/")[2]
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    iam.put_role_policy(
        RoleName=role,
        PolicyName="temporary",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [everything]}),
    )
    return role


def _bucket_versioning(scene: Scene) -> str:
    s3 = scene.client("s3")
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    name = next(name for name in names if "audit" in name and "log" not in name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    return str(name)


def _log_retention(scene: Scene) -> str:
    name = f"/aws/lambda/{scene.named('processing')}"
    scene.client("logs").put_retention_policy(logGroupName=name, retentionInDays=1)
    return name


def _key_rotation(scene: Scene) -> str:
    kms = scene.client("kms")
    aliases = kms.list_aliases()["Aliases"]
    alias = next(a for a in aliases if a["AliasName"] == f"alias/{scene.named('key')}")
    kms.disable_key_rotation(KeyId=alias["TargetKeyId"])
    return str(alias["AliasName"])


def _extra_queue(scene: Scene) -> str:
    name = scene.named("shadow")
    scene.client("sqs").create_queue(QueueName=name)
    return name


TAMPERINGS: Final = {
    "function-memory": Tampering(what="a function gets 128 MiB", do=_function_memory),
    "function-timeout": Tampering(what="a function may run 3 s", do=_function_timeout),
    "table-capacity": Tampering(what="a table gets one unit of capacity", do=_table_capacity),
    "queue-patience": Tampering(what="messages come back after 1 s", do=_queue_patience),
    "open-port": Tampering(what="the world may reach port 22", do=_open_port),
    "role-policy": Tampering(what="a role may do everything", do=_role_policy),
    "bucket-versioning": Tampering(what="a bucket forgets old versions", do=_bucket_versioning),
    "log-retention": Tampering(what="a log is kept for one day", do=_log_retention),
    "key-rotation": Tampering(what="a key is not rotated any more", do=_key_rotation),
    "extra-queue": Tampering(what="a queue that no state knows", do=_extra_queue),
}
"""Every change by hand, by name."""

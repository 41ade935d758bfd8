"""Hand-made changes to what keeps data: buckets, tables, queues, keys, parameters."""

from typing import Final

from audit.change import Class
from tests.e2e.tampers.hand import Hand, tamper


@tamper(Class.DRIFT, "versioning_configuration[0].status")
def versioning(hand: Hand) -> str:
    """Bucket versioning suspended."""
    found = hand.one("aws_s3_bucket_versioning")
    hand.client("s3").put_bucket_versioning(
        Bucket=found["bucket"], VersioningConfiguration={"Status": "Suspended"}
    )
    return found.address


@tamper(Class.GONE)
def bucket_policy(hand: Hand) -> str:
    """Bucket policy deleted."""
    found = hand.one("aws_s3_bucket_policy")
    hand.client("s3").delete_bucket_policy(Bucket=found["bucket"])
    return found.address


@tamper(Class.DRIFT, "rule")  # One rule in place of several: lists differ as a whole.
def lifecycle(hand: Hand) -> str:
    """Lifecycle shortened."""
    found = hand.one("aws_s3_bucket_lifecycle_configuration")
    hand.client("s3").put_bucket_lifecycle_configuration(
        Bucket=found["bucket"],
        LifecycleConfiguration={
            "Rules": [
                {
                    "ID": "now",
                    "Status": "Enabled",
                    "Filter": {"Prefix": ""},
                    "Expiration": {"Days": 1},
                }
            ]
        },
    )
    return found.address


@tamper(Class.DRIFT, "block_public_acls")
def public_access(hand: Hand) -> str:
    """Public access allowed."""
    found = hand.one("aws_s3_bucket_public_access_block")
    hand.client("s3").put_public_access_block(
        Bucket=found["bucket"],
        PublicAccessBlockConfiguration={
            "BlockPublicAcls": False,
            "IgnorePublicAcls": False,
            "BlockPublicPolicy": False,
            "RestrictPublicBuckets": False,
        },
    )
    return found.address


@tamper(Class.DRIFT, "read_capacity")
def capacity(hand: Hand) -> str:
    """Table capacity."""
    table = hand.one("aws_dynamodb_table", having="transactions")
    hand.client("dynamodb").update_table(
        TableName=table["name"],
        ProvisionedThroughput={"ReadCapacityUnits": 77, "WriteCapacityUnits": 77},
    )
    return table.address


@tamper(Class.DRIFT, "point_in_time_recovery[0].enabled")
def recovery(hand: Hand) -> str:
    """Table recovery."""
    table = hand.one("aws_dynamodb_table", having="audit")
    enabled = table["point_in_time_recovery"][0]["enabled"]
    hand.client("dynamodb").update_continuous_backups(
        TableName=table["name"],
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": not enabled},
    )
    return table.address


@tamper(Class.DRIFT, "message_retention_seconds")
def queue(hand: Hand) -> str:
    """Queue retention."""
    found = hand.one("aws_sqs_queue", having="processing")
    hand.client("sqs").set_queue_attributes(
        QueueUrl=found["url"], Attributes={"MessageRetentionPeriod": "60"}
    )
    return found.address


@tamper(Class.DRIFT, "enable_key_rotation")
def rotation(hand: Hand) -> str:
    """Key rotation off."""
    key = hand.one("aws_kms_key")
    hand.client("kms").disable_key_rotation(KeyId=key["key_id"])
    return key.address


@tamper(Class.DRIFT, "value")
def parameter(hand: Hand) -> str:
    """Parameter value."""
    found = hand.one("aws_ssm_parameter", having="blueprint")
    hand.client("ssm").put_parameter(
        Name=found["name"], Value="0" * 64, Type="String", Overwrite=True
    )
    return found.address


@tamper(Class.DRIFT, "version")
def secret(hand: Hand) -> str:
    """Secret replaced."""
    found = hand.one("aws_ssm_parameter", having="webhook")
    hand.client("ssm").put_parameter(
        Name=found["name"], Value="known to everybody", Type="SecureString", Overwrite=True
    )
    return found.address


@tamper(Class.DRIFT, "backup_retention_period")
def backups(hand: Hand) -> str:
    """Database backups kept for another time."""
    found = hand.one("aws_rds_cluster")
    hand.client("rds").modify_db_cluster(
        DBClusterIdentifier=found["cluster_identifier"],
        BackupRetentionPeriod=found["backup_retention_period"] + 1,
    )
    return found.address


DATA: Final = (
    versioning,
    bucket_policy,
    lifecycle,
    public_access,
    capacity,
    recovery,
    queue,
    rotation,
    parameter,
    secret,
    backups,
)

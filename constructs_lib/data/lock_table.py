"""The table whose rows lock Terraform state."""

from cdktf_cdktf_provider_aws.dynamodb_table import (
    DynamodbTable,
    DynamodbTableAttribute,
    DynamodbTablePointInTimeRecovery,
    DynamodbTableServerSideEncryption,
)
from constructs import Construct

from constructs_lib.site import Site

_LOCK_ID = "LockID"  # The name that Terraform's S3 backend asks for.


def lock_table(scope: Construct, id_: str, *, site: Site) -> None:
    """Create the environment's lock table, paid for by request [B2]."""
    DynamodbTable(
        scope,
        id_,
        name=site.environment.state.lock_table,
        billing_mode="PAY_PER_REQUEST",
        hash_key=_LOCK_ID,
        attribute=[DynamodbTableAttribute(name=_LOCK_ID, type="S")],
        point_in_time_recovery=DynamodbTablePointInTimeRecovery(enabled=True),
        server_side_encryption=DynamodbTableServerSideEncryption(
            enabled=True, kms_key_arn=site.key.arn
        ),
        stream_enabled=False,
        table_class="STANDARD",
        deletion_protection_enabled=False,
        tags=site.tags,
    )

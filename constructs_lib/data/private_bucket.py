"""What every bucket has, whatever is kept in it."""

from collections.abc import Callable, Iterable
from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import (
    S3BucketOwnershipControls,
    S3BucketOwnershipControlsRule,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import (
    S3BucketVersioningA,
    S3BucketVersioningVersioningConfiguration,
)
from constructs import Construct

from constructs_lib.identity.policy import Statement, document, tls_only
from constructs_lib.site import Site


@frozen(kw_only=True, eq=False)
class PrivateBucket:
    """A versioned and encrypted bucket that nobody reaches from outside or without TLS [S1]."""

    name: str
    arn: str
    versioning: S3BucketVersioningA
    policy: S3BucketPolicy

    @classmethod
    def create(
        cls,
        node: Construct,
        *,
        site: Site,
        name: str,
        own_key: bool = True,
        allowed: Callable[[str], Iterable[Statement]] = lambda _: (),
    ) -> Self:
        """Create the bucket called *name* directly below *node*.

        Without its *own_key* S3 encrypts with AWS's, for services that can write nothing else.
        *allowed* takes the bucket's ARN and returns what its policy allows beside.
        """
        bucket = S3Bucket(node, "bucket", bucket=name, force_destroy=True, tags=site.tags)
        name, arn = bucket.id, bucket.arn
        S3BucketOwnershipControls(
            node,
            "ownership",
            bucket=name,
            rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        )
        public_access = S3BucketPublicAccessBlock(
            node,
            "private",
            bucket=name,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        versioning = S3BucketVersioningA(
            node,
            "versioning",
            bucket=name,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        _encrypt(node, site, name, own_key=own_key)
        policy = S3BucketPolicy(
            node,
            "policy",
            bucket=name,
            policy=document(tls_only("s3:*", arn, f"{arn}/*"), *allowed(arn)),
            depends_on=[public_access],
        )
        return cls(name=name, arn=arn, versioning=versioning, policy=policy)


def _encrypt(node: Construct, site: Site, name: str, *, own_key: bool) -> None:
    S3BucketServerSideEncryptionConfigurationA(
        node,
        "encryption",
        bucket=name,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                bucket_key_enabled=True if own_key else None,
                apply_server_side_encryption_by_default=(
                    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                        sse_algorithm="aws:kms" if own_key else "AES256",
                        kms_master_key_id=site.key.arn if own_key else None,
                    )
                ),
            )
        ],
    )

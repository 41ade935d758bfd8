"""The bucket for what load balancers log, which they can only write with S3's own encryption."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
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

from constructs_lib.bucket import tls_only
from constructs_lib.policy import Statement, document
from constructs_lib.site import Site

_PREFIX = "alb"


@frozen(kw_only=True, eq=False)
class AccessLogBucket:
    """A private bucket that Elastic Load Balancing may add log files to [L1].

    Attributes:
        prefix: Where in the bucket log files go.

        policy: What must be there before logging is switched on.
    """

    name: str
    prefix: str
    policy: S3BucketPolicy

    @classmethod
    def create(cls, scope: Construct, id_: str, *, site: Site) -> Self:
        """Create the bucket; log files are kept as long as all other logs."""
        node = Construct(scope, id_)
        bucket = S3Bucket(
            node,
            "bucket",
            bucket=site.bucket_name("access-logs"),
            force_destroy=True,
            tags=site.tags,
        )
        S3BucketOwnershipControls(
            node,
            "ownership",
            bucket=bucket.id,
            rule=S3BucketOwnershipControlsRule(object_ownership="BucketOwnerEnforced"),
        )
        public_access = S3BucketPublicAccessBlock(
            node,
            "private",
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        versioning = S3BucketVersioningA(
            node,
            "versioning",
            bucket=bucket.id,
            versioning_configuration=S3BucketVersioningVersioningConfiguration(status="Enabled"),
        )
        S3BucketServerSideEncryptionConfigurationA(
            node,
            "encryption",
            bucket=bucket.id,
            rule=[
                S3BucketServerSideEncryptionConfigurationRuleA(
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                            sse_algorithm="AES256"
                        )
                    )
                )
            ],
        )
        policy = S3BucketPolicy(
            node,
            "policy",
            bucket=bucket.id,
            policy=document(_delivery(site, bucket.arn), tls_only(bucket.arn)),
            depends_on=[public_access],
        )
        _expiry(node, bucket, versioning, site)
        return cls(name=bucket.id, prefix=_PREFIX, policy=policy)


def _delivery(site: Site, arn: str) -> Statement:
    account_id = site.environment.identity.account_id
    return Statement(
        sid="LoadBalancersMayLog",
        principals={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        actions=["s3:PutObject"],
        resources=[f"{arn}/{_PREFIX}/AWSLogs/{account_id}/*"],
    )


def _expiry(node: Construct, bucket: S3Bucket, versioning: S3BucketVersioningA, site: Site) -> None:
    days = site.environment.logs.retention_days
    S3BucketLifecycleConfiguration(
        node,
        "lifecycle",
        bucket=bucket.id,
        transition_default_minimum_object_size="all_storage_classes_128K",
        rule=[
            S3BucketLifecycleConfigurationRule(
                id="age",
                status="Enabled",
                filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
                expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
                noncurrent_version_expiration=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=1)
                ],
                abort_incomplete_multipart_upload=[
                    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                        days_after_initiation=7
                    )
                ],
            )
        ],
        depends_on=[versioning],
    )

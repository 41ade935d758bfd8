"""An S3 bucket."""

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
    S3BucketLifecycleConfigurationRuleTransition,
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
from cdktf_cdktf_provider_aws.s3_object import S3Object
from constructs import Construct

from constructs_lib.encryption_key import EncryptionKey
from constructs_lib.policy import Statement, document
from constructs_lib.site import Site
from model.parts import BucketSpec, LifecycleRule


@frozen(kw_only=True, eq=False)
class Bucket:
    """A versioned, encrypted, private bucket with the same folders everywhere [S1]."""

    spec: BucketSpec
    name: str
    arn: str

    @classmethod
    def create(  # noqa: PLR0913 - collaborators
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        spec: BucketSpec,
        name: str,
        key: EncryptionKey,
        writer: str = "",
    ) -> Self:
        """Create the bucket called *name*; *writer* is an AWS service that may add to it."""
        node = Construct(scope, id_)
        bucket = S3Bucket(node, "bucket", bucket=name, force_destroy=True, tags=site.tags)
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
                    bucket_key_enabled=True,
                    apply_server_side_encryption_by_default=(
                        S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
                            sse_algorithm="aws:kms", kms_master_key_id=key.arn
                        )
                    ),
                )
            ],
        )
        S3BucketPolicy(
            node,
            "policy",
            bucket=bucket.id,
            policy=document(
                tls_only(bucket.arn), *(_delivery(site, bucket.arn, writer) if writer else ())
            ),
            depends_on=[public_access],
        )
        if spec.expires:
            _lifecycle(node, bucket, versioning, site)
        for folder in spec.folders:
            S3Object(
                node,
                f"folder_{folder.strip('/')}",
                bucket=bucket.id,
                key=folder,
                content="",
                content_type="application/x-directory",
                server_side_encryption="aws:kms",
                kms_key_id=key.arn,
                tags=site.tags,
            )
        return cls(spec=spec, name=bucket.id, arn=bucket.arn)

    @property
    def variable(self) -> tuple[str, str]:
        """The environment variable that tells a function its name."""
        return f"{self.spec.name.upper()}_BUCKET", self.name

    def read(self) -> Statement:
        """Return the permission to read objects."""
        return Statement(
            sid=f"ReadBucket{self.spec.name.title()}",
            actions=["s3:GetObject", "s3:GetObjectVersion"],
            resources=[f"{self.arn}/*"],
        )

    def write(self) -> Statement:
        """Return the permission to add objects; nobody may delete."""
        return Statement(
            sid=f"WriteBucket{self.spec.name.title()}",
            actions=["s3:PutObject", "s3:AbortMultipartUpload"],
            resources=[f"{self.arn}/*"],
        )


def tls_only(arn: str) -> Statement:
    """Return what denies everything on the bucket *arn* that does not come over TLS [K2]."""
    return Statement(
        sid="TlsOnly",
        effect="Deny",
        principals="*",
        actions=["s3:*"],
        resources=[arn, f"{arn}/*"],
        condition={"Bool": {"aws:SecureTransport": "false"}},
    )


def _delivery(site: Site, arn: str, service: str) -> list[Statement]:
    """Return what lets *service* look at the bucket and add to it, for this account only."""
    account_id = site.environment.identity.account_id
    mine = {"StringEquals": {"aws:SourceAccount": account_id}}
    return [
        Statement(
            sid="ServiceMayLook",
            principals={"Service": service},
            actions=["s3:GetBucketAcl", "s3:ListBucket"],
            resources=[arn],
            condition=mine,
        ),
        Statement(
            sid="ServiceMayAdd",
            principals={"Service": service},
            actions=["s3:PutObject"],
            resources=[f"{arn}/AWSLogs/{account_id}/*"],
            condition=mine,
        ),
    ]


def _lifecycle(
    node: Construct, bucket: S3Bucket, versioning: S3BucketVersioningA, site: Site
) -> None:
    """Tier, archive and expire objects as the platform wants and the environment says [S2]."""
    rules, days = site.platform.lifecycle_rules, site.environment.buckets
    transitions = []
    if LifecycleRule.INTELLIGENT_TIERING in rules:
        transitions.append(
            S3BucketLifecycleConfigurationRuleTransition(
                days=days.intelligent_tiering_days, storage_class="INTELLIGENT_TIERING"
            )
        )
    if LifecycleRule.GLACIER in rules:
        transitions.append(
            S3BucketLifecycleConfigurationRuleTransition(
                days=days.glacier_days, storage_class="GLACIER"
            )
        )
    expires = LifecycleRule.EXPIRY in rules
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
                transition=transitions,
                expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days.expiry_days)]
                if expires
                else None,
                noncurrent_version_expiration=[
                    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
                        noncurrent_days=days.expiry_days
                    )
                ]
                if expires
                else None,
                abort_incomplete_multipart_upload=[
                    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                        days_after_initiation=7
                    )
                ],
            )
        ],
        depends_on=[versioning],
    )

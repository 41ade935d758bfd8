"""The bucket for what load balancers log, which they can only write with S3's own encryption."""

from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from constructs import Construct

from constructs_lib.data.private_bucket import PrivateBucket
from constructs_lib.identity.policy import Statement
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
        made = PrivateBucket.create(
            node,
            site=site,
            name=site.bucket_name("access-logs"),
            own_key=False,
            allowed=lambda arn: [_delivery(site, arn)],
        )
        _expiry(node, made, site)
        return cls(name=made.name, prefix=_PREFIX, policy=made.policy)


def _delivery(site: Site, arn: str) -> Statement:
    account_id = site.environment.identity.account_id
    return Statement(
        sid="LoadBalancersMayLog",
        principals={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
        actions=["s3:PutObject"],
        resources=[f"{arn}/{_PREFIX}/AWSLogs/{account_id}/*"],
    )


def _expiry(node: Construct, made: PrivateBucket, site: Site) -> None:
    days = site.environment.logs.retention_days
    S3BucketLifecycleConfiguration(
        node,
        "lifecycle",
        bucket=made.name,
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
        depends_on=[made.versioning],
    )

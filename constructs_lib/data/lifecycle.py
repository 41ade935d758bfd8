"""What happens to the objects of a bucket with time [S2].

One rule expires what has bytes, another moves what has 128 KiB or more: S3 moves nothing smaller,
where a cheaper class would cost more. Empty objects, which stand for folders, stay.
"""

from typing import Final

from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
    S3BucketLifecycleConfigurationRuleTransition,
)
from constructs import Construct

from constructs_lib.data.private_bucket import PrivateBucket
from constructs_lib.site import Site
from model.parts import LifecycleRule

_FOLDER_BYTES: Final = 1
"""Objects that stand for folders have no bytes, and stay; whatever is larger goes with time."""
_LARGE_BYTES: Final = 128 * 1024
"""S3 moves nothing smaller to a cheaper class: it would cost more there."""


def lifecycle(node: Construct, made: PrivateBucket, *, site: Site) -> None:
    """Tier, archive and expire objects as the platform wants and the environment says.

    What a bucket of small records keeps is not moved, and expires all the same: the two rules
    are about objects of different sizes.
    """
    rules = [*_expiry(site), *_tiers(site), _unfinished()]
    S3BucketLifecycleConfiguration(
        node,
        "lifecycle",
        bucket=made.name,
        transition_default_minimum_object_size="all_storage_classes_128K",
        rule=rules,
        depends_on=[made.versioning],
    )


def _expiry(site: Site) -> list[S3BucketLifecycleConfigurationRule]:
    if LifecycleRule.EXPIRY not in site.platform.lifecycle_rules:
        return []
    days = site.environment.buckets.expiry_days
    return [
        S3BucketLifecycleConfigurationRule(
            id="age",
            status="Enabled",
            filter=[_larger_than(_FOLDER_BYTES)],
            expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
            noncurrent_version_expiration=[
                S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=days)
            ],
        )
    ]


def _tiers(site: Site) -> list[S3BucketLifecycleConfigurationRule]:
    rules, days = site.platform.lifecycle_rules, site.environment.buckets
    classes = {
        LifecycleRule.INTELLIGENT_TIERING: ("INTELLIGENT_TIERING", "intelligent_tiering_days"),
        LifecycleRule.GLACIER: ("GLACIER", "glacier_days"),
    }
    transitions = [
        S3BucketLifecycleConfigurationRuleTransition(
            days=getattr(days, setting), storage_class=class_
        )
        for rule, (class_, setting) in classes.items()
        if rule in rules
    ]
    if not transitions:
        return []
    return [
        S3BucketLifecycleConfigurationRule(
            id="tiers",
            status="Enabled",
            filter=[_larger_than(_LARGE_BYTES)],
            transition=transitions,
        )
    ]


def _unfinished() -> S3BucketLifecycleConfigurationRule:
    return S3BucketLifecycleConfigurationRule(
        id="unfinished",
        status="Enabled",
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        abort_incomplete_multipart_upload=[
            S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                days_after_initiation=7
            )
        ],
    )


def _larger_than(size_bytes: int) -> S3BucketLifecycleConfigurationRuleFilter:
    return S3BucketLifecycleConfigurationRuleFilter(object_size_greater_than=size_bytes)

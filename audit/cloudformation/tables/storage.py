"""Buckets: what Terraform keeps apart is one resource in CloudFormation."""

from typing import Final

from audit.cloudformation.mapping import Inside, Mapped, NotJudged, Table
from audit.cloudformation.tables.reasons import TERRAFORM

_BUCKET: Final = "AWS::S3::Bucket"


def _of_bucket(at: str = "") -> Inside:
    return Inside(parent="bucket", at=at)


STORAGE: Final[Table] = {
    "aws_s3_bucket": Mapped(
        type=_BUCKET,
        names={"bucket": "BucketName"},
        unmapped={"force_destroy": TERRAFORM},
    ),
    "aws_s3_bucket_lifecycle_configuration": Mapped(
        type=_BUCKET,
        inside=_of_bucket("LifecycleConfiguration"),
        names={
            "rule": "Rules",
            "rule.expiration": ".",
            "rule.expiration.days": "ExpirationInDays",
            "rule.filter": ".",
            "rule.noncurrent_version_transition": "NoncurrentVersionTransitions",
            "rule.noncurrent_version_transition.noncurrent_days": "TransitionInDays",
            "rule.transition": "Transitions",
            "rule.transition.days": "TransitionInDays",
        },
    ),
    "aws_s3_bucket_notification": Mapped(
        type=_BUCKET,
        inside=_of_bucket("NotificationConfiguration"),
        names={
            "eventbridge": "EventBridgeConfiguration.EventBridgeEnabled",
            "lambda_function": "LambdaConfigurations",
            "lambda_function.events": "Event",
            "lambda_function.filter_prefix": "Filter.S3Key.Rules[Name=prefix].Value",
            "lambda_function.filter_suffix": "Filter.S3Key.Rules[Name=suffix].Value",
            "lambda_function.lambda_function_arn": "Function",
        },
        unmapped={"lambda_function.id": "CloudFormation chooses it"},
    ),
    "aws_s3_bucket_ownership_controls": Mapped(
        type=_BUCKET, inside=_of_bucket("OwnershipControls"), names={"rule": "Rules"}
    ),
    "aws_s3_bucket_policy": Mapped(
        type="AWS::S3::BucketPolicy", names={"policy": "PolicyDocument"}
    ),
    "aws_s3_bucket_public_access_block": Mapped(
        type=_BUCKET, inside=_of_bucket("PublicAccessBlockConfiguration")
    ),
    "aws_s3_bucket_server_side_encryption_configuration": Mapped(
        type=_BUCKET,
        inside=_of_bucket("BucketEncryption"),
        names={
            "rule": "ServerSideEncryptionConfiguration",
            "rule.apply_server_side_encryption_by_default": "ServerSideEncryptionByDefault",
        },
    ),
    "aws_s3_bucket_versioning": Mapped(type=_BUCKET, inside=_of_bucket()),
    "aws_s3_object": NotJudged("CloudFormation makes no objects"),
}

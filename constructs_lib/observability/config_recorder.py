"""AWS Config: a history of every resource, judged by rules that mirror our own policy [G6]."""

import json
from typing import Final

from cdktf_cdktf_provider_aws.config_config_rule import (
    ConfigConfigRule,
    ConfigConfigRuleScope,
    ConfigConfigRuleSource,
)
from cdktf_cdktf_provider_aws.config_configuration_recorder import (
    ConfigConfigurationRecorder,
    ConfigConfigurationRecorderRecordingGroup,
)
from cdktf_cdktf_provider_aws.config_configuration_recorder_status import (
    ConfigConfigurationRecorderStatus,
)
from cdktf_cdktf_provider_aws.config_delivery_channel import ConfigDeliveryChannel
from constructs import Construct

from constructs_lib.data.bucket import Bucket
from constructs_lib.site import Site

RULES: Final = (
    "API_GW_EXECUTION_LOGGING_ENABLED",
    "CLOUDWATCH_LOG_GROUP_ENCRYPTED",
    "CMK_BACKING_KEY_ROTATION_ENABLED",
    "DYNAMODB_TABLE_ENCRYPTED_KMS",
    "ELB_LOGGING_ENABLED",
    "INCOMING_SSH_DISABLED",
    "LAMBDA_DLQ_CHECK",
    "LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED",
    "LAMBDA_INSIDE_VPC",
    "RDS_INSTANCE_PUBLIC_ACCESS_CHECK",
    "RDS_STORAGE_ENCRYPTED",
    "S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED",
    "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED",
    "S3_BUCKET_SSL_REQUESTS_ONLY",
    "S3_BUCKET_VERSIONING_ENABLED",
    "SNS_ENCRYPTED_KMS",
    "VPC_DEFAULT_SECURITY_GROUP_CLOSED",
    "VPC_FLOW_LOGS_ENABLED",
)
"""Managed rules, as AWS names them; each says of an account what `audit/policy` says of a plan."""
_TAGS: Final = "REQUIRED_TAGS"
_ROLE: Final = "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
"""The role that AWS makes for Config: once per account, by `payctl bootstrap` or long ago."""
_TAGGED: Final = (
    "AWS::CodeBuild::Project",
    "AWS::DynamoDB::Table",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::Subnet",
    "AWS::EC2::VPC",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBSubnetGroup",
    "AWS::S3::Bucket",
)
"""The types whose tags are asked for; of others AWS makes some itself, without any."""


def config_recorder(scope: Construct, id_: str, *, site: Site, bucket: Bucket) -> None:
    """Record everything in the account and region, and evaluate the rules on it.

    An account has one recorder per region. It belongs to the governance stack, of which there is
    one per environment and none for extra copies, so that nobody takes it from anybody.
    """
    node = Construct(scope, id_)
    recorder = ConfigConfigurationRecorder(
        node,
        "recorder",
        name=site.name("recorder"),
        role_arn=f"arn:aws:iam::{site.environment.identity.account_id}:role/{_ROLE}",
        recording_group=ConfigConfigurationRecorderRecordingGroup(
            all_supported=True, include_global_resource_types=True
        ),
    )
    channel = ConfigDeliveryChannel(
        node,
        "channel",
        name=site.name("config"),
        s3_bucket_name=bucket.name,
        s3_kms_key_arn=site.key.arn,
        depends_on=[recorder],
    )
    running = ConfigConfigurationRecorderStatus(
        node, "running", name=recorder.name, is_enabled=True, depends_on=[channel]
    )
    for rule in (*RULES, *([_TAGS] if _asks_for_tags(site) else [])):
        ConfigConfigRule(
            node,
            rule.lower(),
            name=site.name(rule.lower().replace("_", "-")),
            source=ConfigConfigRuleSource(owner="AWS", source_identifier=rule),
            input_parameters=_tag_keys(site) if rule == _TAGS else None,
            scope=ConfigConfigRuleScope(compliance_resource_types=list(_TAGGED))
            if rule == _TAGS
            else None,
            tags=site.tags,
            depends_on=[running],
        )


def _asks_for_tags(site: Site) -> bool:
    governance = site.platform.governance
    return governance is not None and governance.required_tags


def _tag_keys(site: Site) -> str:
    return json.dumps({f"tag{index}Key": key for index, key in enumerate(site.tags, start=1)})

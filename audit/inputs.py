"""What a body may draw from beside literals, approved locals and its own resources.

One short list, each entry with its reason. What is not here is a finding, whatever it is.
"""

from collections.abc import Mapping
from typing import Final

from attrs import frozen


@frozen
class Input:
    """One thing that a body may use.

    Attributes:
        reason: Why it cannot make environments differ unseen.

        places: Where it may stand, as patterns of `type.attribute`.

        decides: Where something may be decided by it.
    """

    reason: str
    places: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


SECTIONS: Final[Mapping[str, str]] = {
    "data": "each type is listed below",
    "ephemeral": "each type is listed below",
    "moved": "a resource has another address now; nothing else changes",
    "output": "what others may read",
    "provider": "the listed one",
    "removed": "a resource is no longer ours; nothing else changes",
    "resource": "what the rules check",
    "terraform": "versions, each pinned",
    "variable": "each is listed below",
}
PROVIDERS: Final[Mapping[str, str]] = {"aws": "aws", "hashicorp/aws": "aws"}
"""By source: the provider of every resource but `terraform_data`, which is Terraform's own."""
PROVIDER_ATTRIBUTES: Final[Mapping[str, str]] = {
    "allowed_account_ids": "the account of the environment alone",
    "default_tags": "the tags of every resource",
    "region": "the region of the environment",
}
"""What a provider is told; endpoints, profiles and roles would send it elsewhere."""
LIFECYCLE: Final[Mapping[str, str]] = {
    "create_before_destroy": "an order, the same everywhere",
    "postcondition": "stops a plan and changes nothing",
    "precondition": "stops a plan and changes nothing",
}
"""What a resource may say of its life; `ignore_changes` would hide what is changed by hand."""
TERRAFORM: Final = frozenset({"required_providers", "required_version"})
RESOURCE_PREFIXES: Final = ("aws_", "terraform_data")
DATA: Final[Mapping[str, Input]] = {
    "aws_rds_engine_version": Input("what AWS says of the pinned version, which stops a plan"),
    "terraform_remote_state": Input(
        "outputs of a stack of ours: the network's",
        ("*.subnet_ids", "*.vpc_id"),
    ),
    "aws_servicequotas_service_quota": Input("what AWS grants the account, which stops a plan"),
    "aws_vpc": Input(
        "networks in the account, which are compared with ours",
        places=("output.vpc_cidr.precondition.*",),
        decides=("output.vpc_cidr.precondition.*",),
    ),
    "aws_vpcs": Input(
        "the ids of networks in the account",
        places=("data.aws_vpc.id",),
        decides=("data.aws_vpc.count",),
    ),
}
EPHEMERAL: Final[Mapping[str, Input]] = {
    "aws_secretsmanager_random_password": Input(
        "a password that nobody chose", ("aws_ssm_parameter.value_wo",)
    ),
    "aws_ssm_parameter": Input(
        "the password again, on its way to the database",
        ("aws_rds_cluster.master_password_wo", "aws_db_instance.password_wo"),
    ),
}
VARIABLES: Final[Mapping[str, Input]] = {
    "api_key": Input(
        "the value of a key that AWS would make up otherwise",
        ("aws_api_gateway_api_key.value",),
        ("aws_api_gateway_api_key.value",),
    ),
    "confirmation": Input(
        "the confirmation token of production; both branches are the same text",
        decides=("variable.confirmation.validation.condition", "provider.aws.default_tags.tags.*"),
    ),
}
NAMES: Final[Mapping[str, Input]] = {
    "count.index": Input(
        "numbers what `count` made, and `count` is judged", ("*",), decides=("*",)
    ),
    "path.module": Input(
        "where the archives are, which are judged by their hashes",
        ("aws_lambda_function.filename", "aws_lambda_layer_version.filename"),
    ),
    "self.output": Input(
        "what stands in the state", ("terraform_data.provisioner.local-exec.command",)
    ),
    "self.status": Input(
        "whether AWS still offers the pinned version",
        decides=("data.aws_rds_engine_version.lifecycle.postcondition.condition",),
    ),
    "self.valid_minor_targets": Input(
        "what AWS offers instead",
        ("data.aws_rds_engine_version.lifecycle.postcondition.error_message",),
    ),
    "self.value": Input(
        "what AWS grants the account",
        decides=("data.aws_servicequotas_service_quota.lifecycle.postcondition.condition",),
    ),
    "terraform.applying": Input(
        "a plan needs no confirmation", decides=("variable.confirmation.validation.condition",)
    ),
}
GENERATED: Final[Mapping[str, Input]] = {
    "terraform_data.id": Input(
        "an id that Terraform makes up whenever the resource is made",
        decides=(
            "aws_rds_cluster.master_password_wo_version",
            "aws_db_instance.password_wo_version",
        ),
    ),
}
"""By type and attribute: what resources make up, so that it says nothing of an environment."""
PROVISIONERS: Final[Mapping[str, str]] = {
    "terraform_data.confirmation": "asks before production is destroyed; no validation could",
}
COMPUTED_LOCALS: Final[Mapping[str, Input]] = {
    "blueprint_digest": Input(
        "the digest of the body, the same in every environment",
        ("aws_ssm_parameter.value", "output.blueprint_sha256.value"),
    ),
}
IDENTITY_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "names": (
        "*.name",
        "*.alarm_name",
        "*.bucket",
        "*.cluster_identifier",
        "*.dashboard_name",
        "*.function_name",
        "*.identifier",
        "*.layer_name",
    ),
    "tags": ("*.tags.*",),
    "trust and other IAM policies": ("*.policy", "*.assume_role_policy"),
    "accounts and regions": (
        "*.source_account",
        "*.allowed_account_ids",
        "provider.aws.region",
        "aws_vpc_endpoint.service_name",
        "aws_subnet.availability_zone_id",
        "aws_cloudwatch_dashboard.dashboard_body",
        "data.terraform_remote_state.config.*",
    ),
    "ARNs and addresses": (
        "aws_sns_topic_subscription.endpoint",
        "*_arn",
        "*.cidr_block",
        "*.cidr_ipv4",
        "output.*.value",
    ),
    "what a program is told": (
        "aws_lambda_function.environment.variables.ENVIRONMENT",
        "aws_lambda_function.environment.variables.DATABASE_*",
        "aws_lambda_function.environment.variables.*_URL",
        "aws_codebuild_project.environment.environment_variable.value",
    ),
    "what a person is told": ("*.error_message",),
}
"""Where who and where an environment is may stand, by what it is there."""
REFERENCE_PLACES: Final[tuple[str, ...]] = (
    *(pattern for patterns in IDENTITY_PLACES.values() for pattern in patterns),
    "*arn",
    "*arns",
    "*_id",
    "*_ids",
    "*_name",
    "*_names",
    "*_key",
    "*_role",
    "*.role",
    "*.rule",
    "*.uri",
    "*_url",
    "*.endpoint",
    "*.location",
    "*.destination",
    "*.log_destination",
    "*.log_group",
    "*.layers",
    "*.subnets",
    "*.security_groups",
    "*_actions",
    "aws_lambda_function.environment.variables.*",
    "*.permissions_boundary",
    "*.dimensions.*",
    "*.redrive_policy",
    "aws_api_gateway_deployment.triggers.*",
    "aws_codepipeline.artifact_store.encryption_key.id",
    "aws_codepipeline.stage.action.configuration.S3Bucket",
    "terraform_data.triggers_replace.parameter",
)
"""Where the name, the ARN or the address of another resource may stand."""
RUNTIME_COMPARISONS: Final[Mapping[str, str]] = {
    "upload.bucket != settings.inbound_bucket": (
        "files of another bucket are left alone, whatever the own one is called"
    ),
}
"""Comparisons in functions that involve a name of the environment and decide nothing by it."""

"""The AWS provider, the state backend and the production gate: the first paragraph of a stack."""

from cdktf import S3Backend, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

from constructs_lib.context import Context
from constructs_lib.delivery.confirmation import ask_before_change
from model.environment import StateLocation

REQUIRED_TERRAFORM = ">= 1.11"
"""1.10 brought `terraform.applying` and the lock file, 1.11 write-only arguments."""


def provide_aws(context: Context, *, state: StateLocation) -> None:
    """Pin account and region, keep the state in S3, and ask before production changes."""
    stack, tags = context.stack, context.tags
    identity, keys = context.environment.identity, context.platform.tag_keys
    unchanged = ask_before_change(context)
    AwsProvider(
        stack,
        "aws",
        region=identity.region,
        allowed_account_ids=[identity.account_id],
        default_tags=[
            AwsProviderDefaultTags(
                # The expression is empty; the reference makes Terraform check it first.
                tags={**tags, keys.project: f"{tags[keys.project]}{unchanged}"}
            )
        ],
    )
    keep_state(stack, state=state)
    stack.add_override("terraform.required_version", REQUIRED_TERRAFORM)


def keep_state(stack: TerraformStack, *, state: StateLocation) -> None:
    """Keep the state of *stack* in S3, locked by a DynamoDB row and a lock file alike [B1]."""
    backend = S3Backend(
        stack,
        bucket=state.bucket,
        key=state.key,
        region=state.region,
        dynamodb_table=state.lock_table,
        encrypt=True,
        # Without it Terraform asks for AES256, whatever the bucket does by default.
        kms_key_id=state.kms_key_arn,
    )
    backend.add_override("use_lockfile", True)

"""The AWS provider, the state backend and the production gate: the first paragraph of a stack."""

from cdktf import S3Backend, TerraformStack, TerraformVariable, TerraformVariableValidationConfig
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

from constructs_lib.site import Site
from model.environment import StateLocation

REQUIRED_TERRAFORM = ">= 1.11"
"""1.10 brought `terraform.applying` and the lock file, 1.11 write-only arguments."""

CONFIRMED = (
    "!terraform.applying || local.deployment_confirmation == "
    '"" || var.confirmation == local.deployment_confirmation'
)


def provide_aws(stack: TerraformStack, *, site: Site, state: StateLocation) -> None:
    """Pin account and region, keep the state in S3, and ask before production changes.

    The gate [G7]: the provider refers to the variable `confirmation`, so that Terraform checks it
    before it configures the provider, and with it before anything is read or changed. A plan is
    free; an apply or destroy of a confirmed environment needs `-var confirmation=<stack>`.
    """
    identity = site.environment.identity
    confirmation = TerraformVariable(
        stack,
        "confirmation",
        type="string",
        default="",
        description="The name of the stack, where its environment must be confirmed [G7].",
        validation=[
            TerraformVariableValidationConfig(
                condition=f"${{{CONFIRMED}}}",
                error_message=(
                    "This environment changes only when it is named: repeat the command with "
                    "-var 'confirmation=${local.deployment_confirmation}' (or TF_VAR_confirmation)."
                ),
            )
        ],
    )
    confirmation.override_logical_id("confirmation")
    project = site.tags[site.platform.tag_keys.project]
    AwsProvider(
        stack,
        "aws",
        region=identity.region,
        allowed_account_ids=[identity.account_id],
        default_tags=[
            AwsProviderDefaultTags(
                tags={
                    **site.tags,
                    # Always the project; the reference is what makes Terraform check it first.
                    site.platform.tag_keys.project: (
                        f'${{var.confirmation == "" ? "{project}" : "{project}"}}'
                    ),
                }
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
    )
    backend.add_override("use_lockfile", True)  # noqa: FBT003 - cdktf 0.21 has no argument for it

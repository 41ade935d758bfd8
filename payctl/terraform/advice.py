"""What to do about Terraform's usual complaints."""

from typing import Final

from audit.synthesized import Stack
from payctl.terraform.workspace import Workspace

_ADVICE: Final = (
    (
        ("NoSuchBucket", "S3 bucket does not exist"),
        "the state's bucket {bucket} is not there yet: {bootstrap}",
    ),
    (
        ("Error acquiring the state lock", "ConditionalCheckFailed", "PreconditionFailed"),
        "somebody else is deploying; when nobody is: terraform -chdir={folder} force-unlock ID",
    ),
    (
        ("changes only when it is named",),
        "repeat with --confirm {stack}",
    ),
    (
        (
            "No valid credential",
            "failed to refresh cached credentials",
            "ExpiredToken",
            "InvalidClientTokenId",
            "SSO",
            "NoCredential",
        ),
        "log in to the account, for instance: aws sso login --profile {stack}",
    ),
    (
        ("AWS account ID not allowed", "account ID"),
        "these are the credentials of another account: set PAYCTL_PROFILE_<ENVIRONMENT>",
    ),
    (
        (
            "Failed to query available provider",
            "Failed to install provider",
            "could not query provider registry",
        ),
        "the AWS provider could not be downloaded: check the network, or use a provider mirror",
    ),
    (
        ("connection refused", "no such host", "dial tcp"),
        "nothing answers at {endpoint}: start what should listen there, or unset AWS_ENDPOINT_URL",
    ),
)


def advice_for(text: str, workspace: Workspace) -> str:
    """Return the next step for the complaint *text*."""
    for marks, advice in _ADVICE:
        if any(mark in text for mark in marks):
            return advice.format(
                bootstrap=_bootstrap(workspace.stack),
                bucket=workspace.stack.backend.get("s3", {}).get("bucket", ""),
                stack=workspace.stack.name,
                folder=workspace.folder,
                endpoint=workspace.access.endpoint.url or "the network",
            )
    return f"look closer with: terraform -chdir={workspace.folder} plan"


def _bootstrap(stack: Stack) -> str:
    """Return how the bucket comes into being; a copy's is that of its environment."""
    environment = stack.locals.get("identity_name")
    if environment is None:  # The pipeline is of no environment.
        return "make it, and the lock table beside it, in the pipeline's account"
    return f"payctl bootstrap {environment}"

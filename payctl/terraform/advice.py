"""What to do about Terraform's usual complaints."""

import re
from typing import Final

from audit.synthesized import Stack
from payctl.terraform.workspace import Workspace

_LOCK: Final = re.compile(r"\b(ID|Operation|Who|Created):\s+(\S+(?: \d\S*| \+\S+| UTC)*)")

_ADVICE: Final = (
    (
        ("NoSuchBucket", "S3 bucket does not exist"),
        "the state's bucket {bucket} is not there yet: {bootstrap}",
    ),
    (
        ("Error acquiring the state lock", "ConditionalCheckFailed", "PreconditionFailed"),
        "{lock}",
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
        "the AWS provider could not be downloaded: check the network, or PAYCTL_PROVIDER_MIRROR",
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
                lock=_lock(text),
                bucket=workspace.stack.backend.get("s3", {}).get("bucket", ""),
                stack=workspace.stack.name,
                folder=workspace.folder,
                endpoint=workspace.access.endpoint.url or "the network",
            )
    return f"look closer with: terraform -chdir={workspace.folder} plan"


def _lock(text: str) -> str:
    """Say who holds the state's lock, since when and for what, and how it is removed.

    Terraform writes `Lock Info: ID: … Path: … Operation: … Who: … Version: … Created: … Info:`.
    """
    said = dict(_LOCK.findall(text))
    if "ID" not in said:
        return "somebody else is deploying: wait, and try again"
    operation = said.get("Operation", "something").removeprefix("OperationType").lower()
    return (
        f"{said.get('Who', 'somebody')} holds the lock for {operation} since "
        f"{said.get('Created', 'an unknown time')}. Wait for it to end; when that process is no "
        f"more: payctl deploy with --unlock {said['ID']}"
    )


def _bootstrap(stack: Stack) -> str:
    """Return how the bucket comes into being; a copy's is that of its environment."""
    environment = stack.locals.get("identity_name")
    if environment is None:  # The pipeline is of no environment.
        return "make it, and the lock table beside it, in the pipeline's account"
    return f"payctl bootstrap {environment}"

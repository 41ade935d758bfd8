"""The command lines of builds: what pipeline and drift check type, and what tests execute.

Each ends a build when it fails. An assignment has the exit status of the command in it, `export`
and `set` have not: `export A="$(false)"` goes on.
"""

from typing import Final

TERRAFORM_VERSION: Final = "1.11.4"
"""The version that everything was tested with."""

RUNTIMES: Final = {"nodejs": "22", "python": "3.13"}
"""The versions of the image's languages: cdktf runs on both."""

INSTALL: Final = (
    (
        "dnf install --quiet --assumeyes dnf-plugins-core"
        " && dnf config-manager --add-repo"
        " https://rpm.releases.hashicorp.com/AmazonLinux/hashicorp.repo"
        f" && dnf install --quiet --assumeyes terraform-{TERRAFORM_VERSION}"
    ),
    "pip install --quiet .",
)
"""The commands that put Terraform and payctl there."""

TAKE_ROLE: Final = (
    'KEYS="$(aws sts assume-role --role-arn "$ROLE_ARN" --role-session-name build'
    ' --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" --output text)"'
    ' && read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< "$KEYS"'
    ' && test -n "$AWS_SESSION_TOKEN"'
    " && export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN"
    ' || { echo "nothing was done: $ROLE_ARN could not be assumed" >&2; false; }'
)
"""The command that takes the role `$ROLE_ARN` for all commands after it, or ends the build.

Without keys the SDK would go on with the role of CodeBuild itself.
"""

BUILD: Final = (
    "pip install --quiet '.[jsii]'",
    'python -m payctl synth --platform "$PLATFORM" --verify-kernel',
    'RELEASE="$(python -m payctl release --platform "$PLATFORM")" && export RELEASE',
    'BUILT="$(date -u +%Y-%m-%dT%H:%M:%SZ)" && export BUILT',
)
"""The commands that check the code, compare both kernels of cdktf, and name the release."""

PLAN: Final = (
    TAKE_ROLE,
    (
        'mkdir -p approval && python -m payctl plan "$ENVIRONMENT" --platform "$PLATFORM"'
        " --save approval/plan.json > approval/plan.txt"
    ),
    "cat approval/plan.txt",
    (
        'SUMMARY="$(tail -n 3 approval/plan.txt | head -n 1)"'
        ' && PLAN_SHA256="$(tail -n 1 approval/plan.txt)" && export SUMMARY PLAN_SHA256'
    ),
)
"""The commands that make the plan which somebody approves."""

_DEPLOY: Final = (
    'python -m payctl deploy "$ENVIRONMENT" --platform "$PLATFORM" --confirm "$CONFIRMATION"'
    ' --release "$RELEASE" --built "$BUILT" --evidence evidence'
)


def deploy(*, before: str, approved: str) -> tuple[str, ...]:
    """Return the commands that deploy an environment.

    Args:
        before: The artifact with the evidence of the environment before, empty for the first.

        approved: The artifact with the plan that was approved, empty where nobody must.
    """
    plan = (
        f' --approved "$CODEBUILD_SRC_DIR_{approved}/approval/plan.json" --plan "$PLAN_SHA256"'
        if approved
        else ""
    )
    fetch = (f'cp -R "$CODEBUILD_SRC_DIR_{before}/evidence" evidence',) if before else ()
    return (*fetch, TAKE_ROLE, f"{_DEPLOY}{plan}")


DRIFT: Final = (
    'python main.py "$PLATFORM"',
    TAKE_ROLE,
    'python -m payctl drift "$ENVIRONMENT" --platform "$PLATFORM" --notify',
)
"""The commands that look for drift, and tell."""

"""A CodeBuild project: a container that runs commands of ours, with its own role and logs."""

import json
from collections.abc import Sequence
from typing import Final, Self

from attrs import frozen
from cdktf_cdktf_provider_aws.codebuild_project import (
    CodebuildProject,
    CodebuildProjectArtifacts,
    CodebuildProjectEnvironment,
    CodebuildProjectEnvironmentEnvironmentVariable,
    CodebuildProjectLogsConfig,
    CodebuildProjectLogsConfigCloudwatchLogs,
    CodebuildProjectSource,
)
from constructs import Construct

from constructs_lib.compute.access import Access
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site
from model.lifecycle import BUILD_IMAGE

_MINUTES: Final = 60

INSTALL_TERRAFORM: Final = (
    "dnf install --quiet --assumeyes dnf-plugins-core"
    " && dnf config-manager --add-repo https://rpm.releases.hashicorp.com/AmazonLinux/hashicorp.repo"
    " && dnf install --quiet --assumeyes terraform-1.11.4"
)
"""The command that puts the version of Terraform there that everything was tested with."""

TAKE_ROLE: Final = (
    'set -- $(aws sts assume-role --role-arn "$ROLE_ARN" --role-session-name "build"'
    ' --query "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]" --output text)'
    " && export AWS_ACCESS_KEY_ID=$1 AWS_SECRET_ACCESS_KEY=$2 AWS_SESSION_TOKEN=$3"
)
"""The command that takes the role `$ROLE_ARN` for all commands after it."""


@frozen(kw_only=True, eq=False)
class BuildProject:
    """A project that runs a fixed list of commands; what differs comes in its variables."""

    name: str
    arn: str

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        kind: str,
        commands: Sequence[str],
        access: Access,
        source: str = "",
    ) -> Self:
        """Create the project; its *source* is an object in S3, or what a pipeline hands it."""
        node = Construct(scope, id_)
        name = site.name(kind)
        logs = log_group(node, "logs", site=site, name=f"/aws/codebuild/{name}")
        role = Role.create(
            node,
            "role",
            site=site,
            kind=kind,
            trust=trust("codebuild.amazonaws.com", site.environment.identity.account_id),
            statements=[
                Statement(
                    sid="WriteLogs",
                    actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                    resources=[f"{logs.arn}:*"],
                ),
                site.key.use(),
                *access.statements,
            ],
        )
        project = CodebuildProject(
            node,
            "project",
            name=name,
            description=f"Payments: {kind}",
            service_role=role.arn,
            build_timeout=_MINUTES,
            encryption_key=site.key.arn,
            artifacts=CodebuildProjectArtifacts(type="NO_ARTIFACTS" if source else "CODEPIPELINE"),
            environment=CodebuildProjectEnvironment(
                compute_type="BUILD_GENERAL1_MEDIUM",
                image=BUILD_IMAGE,
                type="ARM_CONTAINER",
                privileged_mode=False,
                environment_variable=[
                    CodebuildProjectEnvironmentEnvironmentVariable(
                        name=variable, value=value, type="PLAINTEXT"
                    )
                    for variable, value in access.variables.items()
                ],
            ),
            logs_config=CodebuildProjectLogsConfig(
                cloudwatch_logs=CodebuildProjectLogsConfigCloudwatchLogs(group_name=logs.name)
            ),
            source=CodebuildProjectSource(
                type="S3" if source else "CODEPIPELINE",
                location=source or None,
                buildspec=buildspec(commands),
            ),
            tags=site.tags,
            depends_on=[role.policy],
        )
        return cls(name=project.name, arn=project.arn)


def buildspec(commands: Sequence[str]) -> str:
    """Return *commands* as CodeBuild reads them; JSON is YAML too."""
    return json.dumps(
        {
            "version": 0.2,
            "env": {"shell": "bash", "exported-variables": ["BLUEPRINT_SHA256"]},
            "phases": {"build": {"on-failure": "ABORT", "commands": list(commands)}},
            "artifacts": {"files": ["**/*"]},
        }
    )

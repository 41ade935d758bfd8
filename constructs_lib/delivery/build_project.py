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
from constructs_lib.delivery.command_lines import INSTALL, RUNTIMES
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.log_group import log_group
from constructs_lib.site import Site
from model.lifecycle import BUILD_IMAGE

_MINUTES: Final = 60


@frozen(kw_only=True)
class Work:
    """What a build does.

    Attributes:
        commands: The lines, in order; the first that fails ends the build.

        exports: The variables that later steps of a pipeline are told.

        files: What is handed to later steps.
    """

    commands: Sequence[str]
    exports: Sequence[str] = ()
    files: Sequence[str] = ("**/*",)

    @property
    def buildspec(self) -> str:
        """Return it as CodeBuild reads it; JSON is YAML too."""
        return json.dumps(
            {
                "version": 0.2,
                "env": {"shell": "bash", "exported-variables": list(self.exports)},
                "phases": {
                    "install": {
                        "runtime-versions": RUNTIMES,
                        "on-failure": "ABORT",
                        "commands": list(INSTALL),
                    },
                    "build": {"on-failure": "ABORT", "commands": list(self.commands)},
                },
                "artifacts": {"files": list(self.files)},
            }
        )


@frozen(kw_only=True, eq=False)
class BuildProject:
    """A project that runs a fixed list of commands; what differs comes in its variables."""

    kind: str
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
        work: Work,
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
                buildspec=work.buildspec,
            ),
            tags=site.tags,
            depends_on=[role.policy],
        )
        return cls(kind=kind, name=project.name, arn=project.arn)

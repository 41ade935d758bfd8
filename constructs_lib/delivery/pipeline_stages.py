"""The stages of the pipeline: source, build, and for each environment plan, approval, deploy."""

import json
from collections.abc import Sequence
from typing import Final

from attrs import frozen
from cdktf_cdktf_provider_aws.codepipeline import CodepipelineStage, CodepipelineStageAction

from constructs_lib.delivery.build_project import BuildProject
from model.names import SOURCE_ARCHIVE

RELEASE: Final = "release"
"""The artifact that the build hands to every step after it."""

EXPORTS: Final = ("RELEASE", "BUILT")
"""What the build tells every step after it."""

PLAN_EXPORTS: Final = ("SUMMARY", "PLAN_SHA256")
"""What a plan tells whoever approves it, and the step that deploys it."""


def plan_artifact(name: str) -> str:
    """Return the artifact with the plan of the environment called *name*."""
    return f"plan_{name}"


def evidence_artifact(name: str) -> str:
    """Return the artifact with what the environment called *name* proved."""
    return f"evidence_{name}"


@frozen(kw_only=True, eq=False)
class Stop:
    """An environment on the way of a release.

    Attributes:
        plan: Makes the plan that somebody approves; None where nobody must.

        before: The environment before; empty for the first.
    """

    name: str
    deploy: BuildProject
    plan: BuildProject | None
    before: str

    @property
    def projects(self) -> tuple[BuildProject, ...]:
        """What builds there."""
        return (self.plan, self.deploy) if self.plan else (self.deploy,)

    def stages(self) -> list[CodepipelineStage]:
        """Return what a release goes through here."""
        told = {name: f"#{{build.{name}}}" for name in EXPORTS}
        inputs = [RELEASE, *([evidence_artifact(self.before)] if self.before else [])]
        found = []
        if self.plan:
            inputs.append(plan_artifact(self.name))
            space = plan_artifact(self.name)
            plan = _build(
                "plan", self.plan, inputs=[RELEASE], outputs=[space], told={}, namespace=space
            )
            asked = (
                f"Release #{{build.RELEASE}}, built #{{build.BUILT}}, to {self.name}? "
                f"#{{{space}.SUMMARY}} The plan, whose hash is #{{{space}.PLAN_SHA256}}, stands "
                f"in the log of plan-{self.name}; it and no other is deployed."
            )
            approve = _action("approve", "Approval", "Manual", {"CustomData": asked})
            found = [_stage(f"plan-{self.name}", plan), _stage(f"approve-{self.name}", approve)]
            told = {**told, "PLAN_SHA256": f"#{{{space}.PLAN_SHA256}}"}
        outputs = [evidence_artifact(self.name)]
        deploy = _build("deploy", self.deploy, inputs=inputs, outputs=outputs, told=told)
        return [*found, _stage(f"deploy-{self.name}", deploy)]


def first_stages(bucket_name: str, build: BuildProject) -> list[CodepipelineStage]:
    """Return the source, which EventBridge notices, and the build."""
    where = {
        "S3Bucket": bucket_name,
        "S3ObjectKey": SOURCE_ARCHIVE,
        "PollForSourceChanges": "false",
    }
    source = _action("source", "Source", "S3", where, outputs=["source"])
    made = _build("build", build, inputs=["source"], outputs=[RELEASE], told={}, namespace="build")
    return [_stage("source", source), _stage("build", made)]


def _build(
    name: str,
    project: BuildProject,
    *,
    inputs: Sequence[str],
    outputs: Sequence[str],
    told: dict[str, str],
    namespace: str | None = None,
) -> CodepipelineStageAction:
    configuration = {"ProjectName": project.name}
    if len(inputs) > 1:
        configuration["PrimarySource"] = inputs[0]
    if told:
        variables = [{"name": key, "value": value} for key, value in told.items()]
        configuration["EnvironmentVariables"] = json.dumps(variables)
    return _action(
        name,
        "Build",
        "CodeBuild",
        configuration,
        inputs=inputs,
        outputs=outputs,
        namespace=namespace,
    )


def _stage(name: str, action: CodepipelineStageAction) -> CodepipelineStage:
    return CodepipelineStage(name=name, action=[action])


def _action(
    name: str,
    category: str,
    provider: str,
    configuration: dict[str, str],
    *,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    namespace: str | None = None,
) -> CodepipelineStageAction:
    return CodepipelineStageAction(
        name=name,
        category=category,
        owner="AWS",
        provider=provider,
        version="1",
        configuration=configuration,
        input_artifacts=list(inputs) or None,
        output_artifacts=list(outputs) or None,
        namespace=namespace,
    )

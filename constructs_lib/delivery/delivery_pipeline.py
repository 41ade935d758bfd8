"""CodePipeline: build once, then apply the same bytes in one environment after the other."""

import json
from collections.abc import Sequence
from typing import Final

from cdktf_cdktf_provider_aws.codepipeline import (
    Codepipeline,
    CodepipelineArtifactStore,
    CodepipelineArtifactStoreEncryptionKey,
    CodepipelineStage,
    CodepipelineStageAction,
)
from constructs import Construct

from constructs_lib.compute.access import Access
from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.build_project import INSTALL_TERRAFORM, TAKE_ROLE, BuildProject
from constructs_lib.delivery.drift_check import SOURCE
from constructs_lib.delivery.source_event import start_on_upload
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.build_alarm import build_alarm
from constructs_lib.site import Site
from model.environment import Environment
from model.names import StackKind

_SYNTHESIZE: Final = (
    "pip install --quiet '.[jsii]'",
    'python -m payctl synth --platform "$PLATFORM" --verify-kernel',
    (
        "export BLUEPRINT_SHA256="
        '$(jq -r .locals.blueprint_digest "cdktf.out/stacks/$FIRST/cdk.tf.json")'
    ),
)
_DEPLOY: Final = (
    (
        'test "$(jq -r .locals.blueprint_digest "cdktf.out/stacks/$STACK/cdk.tf.json")"'
        ' = "$BLUEPRINT_SHA256"'
    ),
    INSTALL_TERRAFORM,
    TAKE_ROLE,
    'terraform -chdir="cdktf.out/stacks/$STACK" init -input=false',
    (
        'terraform -chdir="cdktf.out/stacks/$STACK" apply -input=false -auto-approve'
        ' -var "confirmation=$CONFIRMATION"'
    ),
)
_BUILT: Final = "#{build.BLUEPRINT_SHA256}"


def delivery_pipeline(
    scope: Construct,
    id_: str,
    *,
    site: Site,
    environments: Sequence[Environment],
    bucket: Bucket,
) -> str:
    """Create the pipeline and return its name.

    The blueprint is synthesized once; every stage applies what came out, after it has compared
    the digest. Where an environment must be confirmed, a person approves the digest first.
    """
    node = Construct(scope, id_)
    files = (bucket.read(), bucket.write())
    platform = site.platform.name
    build = BuildProject.create(
        node,
        "build",
        site=site,
        kind="build",
        commands=_SYNTHESIZE,
        access=Access(
            statements=files,
            variables={"PLATFORM": platform, "FIRST": _stack_name(site, environments[0])},
        ),
    )
    deploys = {
        environment.deployment.name: _deploy(node, site, environment, files)
        for environment in environments
    }
    role = Role.create(
        node,
        "role",
        site=site,
        kind="pipeline",
        trust=trust("codepipeline.amazonaws.com", site.environment.identity.account_id),
        statements=[
            *files,
            Statement(
                sid="SeeVersioning", actions=["s3:GetBucketVersioning"], resources=[bucket.arn]
            ),
            Statement(
                sid="Build",
                actions=["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
                resources=[project.arn for project in (build, *deploys.values())],
            ),
            site.key.use(),
        ],
    )
    pipeline = Codepipeline(
        node,
        "pipeline",
        name=site.name("pipeline"),
        role_arn=role.arn,
        pipeline_type="V2",
        execution_mode="QUEUED",
        artifact_store=[
            CodepipelineArtifactStore(
                type="S3",
                location=bucket.name,
                encryption_key=CodepipelineArtifactStoreEncryptionKey(id=site.key.arn, type="KMS"),
            )
        ],
        stage=_stages(environments, bucket, build, deploys),
        tags=site.tags,
        depends_on=[role.policy],
    )
    start_on_upload(node, site=site, bucket=bucket, key=SOURCE, pipeline=pipeline.arn)
    topic = AlertTopic.create(node, "alerts", site=site)
    for kind, project in {"build": build, **{f"deploy-{n}": p for n, p in deploys.items()}}.items():
        id_ = f"{kind.replace('-', '_')}_failed"
        build_alarm(node, id_, site=site, topic=topic, project=project.name, kind=kind)
    return pipeline.name


def _deploy(
    node: Construct, site: Site, environment: Environment, files: Sequence[Statement]
) -> BuildProject:
    """Create the project that deploys one environment, and can become its deployer only."""
    name, deployer = environment.deployment.name, environment.identity.deploy_role_arn
    return BuildProject.create(
        node,
        f"deploy_{name}",
        site=site,
        kind=f"deploy-{name}",
        commands=_DEPLOY,
        access=Access(
            statements=(
                files[0],
                Statement(sid="BecomeDeployer", actions=["sts:AssumeRole"], resources=[deployer]),
            ),
            variables={
                "STACK": _stack_name(site, environment),
                "ROLE_ARN": deployer,
                "CONFIRMATION": environment.deployment.confirmation,
            },
        ),
    )


def _stack_name(site: Site, environment: Environment) -> str:
    return environment.names(site.platform).stack(StackKind.APPLICATION)


def _stages(
    environments: Sequence[Environment],
    bucket: Bucket,
    build: BuildProject,
    deploys: dict[str, BuildProject],
) -> list[CodepipelineStage]:
    source = {
        "S3Bucket": bucket.name,
        "S3ObjectKey": SOURCE,
        "PollForSourceChanges": "false",
    }
    stages = [
        _stage("source", [_action("source", "Source", "S3", source, outputs=["source"])]),
        _stage(
            "build",
            [
                _action(
                    "build",
                    "Build",
                    "CodeBuild",
                    {"ProjectName": build.name},
                    inputs=["source"],
                    outputs=["blueprint"],
                    namespace="build",
                )
            ],
        ),
    ]
    for environment in environments:
        name = environment.deployment.name
        deploy = {
            "ProjectName": deploys[name].name,
            "EnvironmentVariables": json.dumps([{"name": "BLUEPRINT_SHA256", "value": _BUILT}]),
        }
        approval = {"CustomData": f"Deploy blueprint {_BUILT} to {name}?"}
        if environment.identity.confirmation_required:
            stages.append(
                _stage(f"approve-{name}", [_action("approve", "Approval", "Manual", approval)])
            )
        stages.append(
            _stage(
                f"deploy-{name}",
                [_action("deploy", "Build", "CodeBuild", deploy, inputs=["blueprint"])],
            )
        )
    return stages


def _stage(name: str, actions: list[CodepipelineStageAction]) -> CodepipelineStage:
    return CodepipelineStage(name=name, action=actions)


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

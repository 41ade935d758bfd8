"""CodePipeline: build once, then deploy the same release in one environment after the other."""

from collections.abc import Sequence
from itertools import pairwise

from cdktf_cdktf_provider_aws.codepipeline import (
    Codepipeline,
    CodepipelineArtifactStore,
    CodepipelineArtifactStoreEncryptionKey,
)
from constructs import Construct

from constructs_lib.compute.access import Access
from constructs_lib.data.bucket import Bucket
from constructs_lib.delivery.build_project import BuildProject, Work
from constructs_lib.delivery.command_lines import BUILD, PLAN, deploy
from constructs_lib.delivery.pipeline_stages import (
    EXPORTS,
    PLAN_EXPORTS,
    Stop,
    evidence_artifact,
    first_stages,
    plan_artifact,
)
from constructs_lib.delivery.source_event import start_on_upload
from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.observability.alert_topic import AlertTopic
from constructs_lib.observability.build_alarm import build_alarm
from constructs_lib.site import Site
from model.environment import Environment
from model.names import SOURCE_ARCHIVE


def delivery_pipeline(
    scope: Construct,
    id_: str,
    *,
    site: Site,
    environments: Sequence[Environment],
    bucket: Bucket,
) -> str:
    """Create the pipeline and return its name.

    The code is judged once and gets a name, the release. Every step makes it anew from the same
    source, compares the name, and does what `payctl` does anywhere else. Where an environment must
    be confirmed, a person approves a plan, and that plan is applied or none. Each environment
    leaves evidence for the next one, whose role need not reach into its account.
    """
    node = Construct(scope, id_)
    files = (bucket.read(), bucket.write())
    build = BuildProject.create(
        node,
        "build",
        site=site,
        kind="build",
        work=Work(commands=BUILD, exports=EXPORTS),
        access=Access(statements=files, variables={"PLATFORM": site.platform.name}),
    )
    befores = ["", *(one.deployment.name for one, _ in pairwise(environments))]
    stops = [
        _stop(node, site, environment, before, files)
        for before, environment in zip(befores, environments, strict=True)
    ]
    projects = [build, *(project for stop in stops for project in stop.projects)]
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
                resources=[project.arn for project in projects],
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
        stage=[
            *first_stages(bucket.name, build),
            *(stage for stop in stops for stage in stop.stages()),
        ],
        tags=site.tags,
        depends_on=[role.policy],
    )
    start_on_upload(node, site=site, bucket=bucket, key=SOURCE_ARCHIVE, pipeline=pipeline.arn)
    topic = AlertTopic.create(node, "alerts", site=site)
    for project in projects:
        id_ = f"{project.kind.replace('-', '_')}_failed"
        build_alarm(node, id_, site=site, topic=topic, project=project.name, kind=project.kind)
    return pipeline.name


def _stop(
    node: Construct, site: Site, environment: Environment, before: str, files: Sequence[Statement]
) -> Stop:
    """Create what deploys one environment, and can become its deployer only."""
    name, deployer = environment.deployment.name, environment.identity.deploy_role_arn
    access = Access(
        statements=(
            *files,
            Statement(sid="BecomeDeployer", actions=["sts:AssumeRole"], resources=[deployer]),
        ),
        variables={
            "PLATFORM": site.platform.name,
            "ENVIRONMENT": environment.identity.name,
            "ROLE_ARN": deployer,
            "CONFIRMATION": environment.deployment.confirmation,
        },
    )
    asks = environment.identity.confirmation_required
    commands = deploy(
        before=evidence_artifact(before) if before else "",
        approved=plan_artifact(name) if asks else "",
    )
    return Stop(
        name=name,
        before=before,
        deploy=BuildProject.create(
            node,
            f"deploy_{name}",
            site=site,
            kind=f"deploy-{name}",
            work=Work(commands=commands, files=["evidence/**/*"]),
            access=access,
        ),
        plan=BuildProject.create(
            node,
            f"plan_{name}",
            site=site,
            kind=f"plan-{name}",
            work=Work(commands=PLAN, exports=PLAN_EXPORTS, files=["approval/**/*"]),
            access=access,
        )
        if asks
        else None,
    )

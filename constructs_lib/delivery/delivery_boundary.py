"""The most that the roles of the pipeline can ever do."""

from collections.abc import Iterable

from cdktf_cdktf_provider_aws.iam_policy import IamPolicy

from constructs_lib.context import Context
from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.identity.policy import Statement, document
from model.environment import Environment
from model.names import ANY


def delivery_boundary(
    context: Context, *, environments: Iterable[Environment]
) -> PermissionBoundary:
    """Bound the pipeline to its own bucket, and to becoming the deployers of environments.

    It is the one place that may reach several environments, and it has nothing but roles.
    """
    names, account_id = context.names, context.environment.identity.account_id
    buckets = f"arn:aws:s3:::{names.bucket(ANY, account_id)}"
    policy = IamPolicy(
        context.stack,
        "boundary",
        name=names.of_stack(context.kind, "boundary"),
        description="What roles of the pipeline can do at most",
        policy=document(
            Statement(
                sid="BecomeDeployers",
                actions=["sts:AssumeRole"],
                resources=[one.identity.deploy_role_arn for one in environments],
            ),
            Statement(
                sid="OwnBucket",
                actions=[
                    "s3:GetBucketVersioning",
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:PutObject",
                    "s3:AbortMultipartUpload",
                ],
                resources=[buckets, f"{buckets}/*"],
            ),
            Statement(
                sid="OwnPipelineKeysAndLogs",
                actions=[
                    "codebuild:BatchGetBuilds",
                    "codebuild:StartBuild",
                    "codepipeline:StartPipelineExecution",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                ],
                resources=[
                    context.arn("codebuild", f"project/{names.resource(ANY)}"),
                    context.arn("codepipeline", names.resource(ANY)),
                    context.arn("kms", "key/*"),
                    context.arn("logs", "log-group:*"),
                ],
            ),
        ),
        tags=context.tags,
    )
    return PermissionBoundary(arn=policy.arn)

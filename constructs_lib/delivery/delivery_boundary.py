"""The most that the roles of the pipeline can ever do."""

from collections.abc import Iterable

from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from constructs import Construct

from constructs_lib.identity.permission_boundary import PermissionBoundary
from constructs_lib.identity.policy import Statement, document
from constructs_lib.site import Site
from model.environment import Environment


def delivery_boundary(
    scope: Construct, id_: str, *, site: Site, environments: Iterable[Environment]
) -> PermissionBoundary:
    """Bound the pipeline to its own bucket, and to becoming the deployers of environments.

    It is the one place that may reach several environments, and it has nothing but roles.
    """
    end, account_id = site.environment.deployment.name, site.environment.identity.account_id
    policy = IamPolicy(
        scope,
        id_,
        name=site.name("boundary"),
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
                resources=[
                    f"arn:aws:s3:::payment-*-{end}-{account_id}",
                    f"arn:aws:s3:::payment-*-{end}-{account_id}/*",
                ],
            ),
            Statement(
                sid="OwnBuildsKeysAndLogs",
                actions=[
                    "codebuild:BatchGetBuilds",
                    "codebuild:StartBuild",
                    "kms:Decrypt",
                    "kms:GenerateDataKey",
                    "logs:CreateLogStream",
                    "logs:PutLogEvents",
                ],
                resources=[
                    site.arn("codebuild", f"project/payment-*-{end}"),
                    site.arn("kms", "key/*"),
                    site.arn("logs", "log-group:*"),
                ],
            ),
        ),
        tags=site.tags,
    )
    return PermissionBoundary(arn=policy.arn)

"""The most that any role of an environment can ever do."""

from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from constructs import Construct

from constructs_lib.identity.peer_arns import peer_arns
from constructs_lib.identity.policy import Statement, document
from constructs_lib.site import Site


@frozen(kw_only=True, eq=False)
class PermissionBoundary:
    """One boundary for all roles, the same everywhere, closed to other environments [P2]."""

    arn: str

    @classmethod
    def create(
        cls,
        scope: Construct,
        id_: str,
        *,
        site: Site,
        kind: str = "boundary",
        also: Sequence[Statement] = (),
    ) -> Self:
        """Create the managed policy that bounds roles; *also* is what a stack's own roles need."""
        node = Construct(scope, id_)
        policy = IamPolicy(
            node,
            "policy",
            name=site.name(kind),
            description="What roles of this environment can do at most",
            policy=document(*_allowed(site), *also, *_denied(site)),
            tags=site.tags,
        )
        return cls(arn=policy.arn)


def _allowed(site: Site) -> list[Statement]:
    """Return the services that the platform uses, on this environment's resources."""
    end, identity = site.environment.deployment.name, site.environment.identity
    return [
        Statement(
            sid="OwnResources",
            actions=[
                "dynamodb:ConditionCheckItem",
                "dynamodb:DeleteItem",
                "dynamodb:GetItem",
                "dynamodb:PutItem",
                "dynamodb:Query",
                "dynamodb:UpdateItem",
                "lambda:InvokeFunction",
                "rds-db:connect",
                "sns:Publish",
                "sqs:CancelMessageMoveTask",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ListMessageMoveTasks",
                "sqs:ReceiveMessage",
                "sqs:SendMessage",
                "sqs:StartMessageMoveTask",
            ],
            resources=[
                site.arn("dynamodb", f"table/payment-*-{end}"),
                site.arn("dynamodb", f"table/payment-*-{end}/index/*"),
                site.arn("lambda", f"function:payment-*-{end}"),
                site.arn("rds-db", f"dbuser:*/payment-*-{end}"),
                site.arn("sns", f"payment-*-{end}"),
                site.arn("sqs", f"payment-*-{end}"),
            ],
        ),
        Statement(
            sid="OwnObjects",
            actions=[
                "s3:AbortMultipartUpload",
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
            ],
            resources=[f"arn:aws:s3:::payment-*-{end}-{identity.account_id}/*"],
        ),
        Statement(
            sid="OwnParametersKeysAndLogs",
            actions=[
                "ssm:GetParameter",
                "ssm:GetParameters",
                "kms:Decrypt",
                "kms:GenerateDataKey",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:FilterLogEvents",
                "logs:GetLogEvents",
                "logs:PutLogEvents",
                "logs:PutRetentionPolicy",
            ],
            resources=[
                site.arn("ssm", f"parameter/{site.platform.name}/{end}/*"),
                site.arn("kms", "key/*"),
                site.arn("logs", "log-group:*"),
            ],
        ),
        # It knows no resource.
        Statement(sid="SeeLogGroups", actions=["logs:DescribeLogGroups"], resources=["*"]),
        *to_run_in_network(site),
    ]


def to_run_in_network(site: Site) -> list[Statement]:
    """Return what Lambda needs to run a function in a VPC and to trace it."""
    return [
        Statement(
            sid="JoinNetwork",
            actions=[
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:UnassignPrivateIpAddresses",
            ],
            resources=[
                site.arn("ec2", "network-interface/*"),
                site.arn("ec2", "security-group/*"),
                site.arn("ec2", "subnet/*"),
            ],
        ),
        Statement(  # These actions know no resource.
            sid="SeeNetworkAndTrace",
            actions=[
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            resources=["*"],
        ),
    ]


def _denied(site: Site) -> list[Statement]:
    """Return what denies other environments, whatever else allows them."""
    peers = range(len(site.platform.environments) - 1)
    names = [f"${{local.deployment_peer_names[{index}]}}" for index in peers]
    return [
        Statement(
            sid="DenyOtherAccounts",
            effect="Deny",
            actions=["*"],
            resources=["*"],
            condition={
                "StringEquals": {"aws:ResourceAccount": site.raw("deployment.peer_account_ids")}
            },
        ),
        Statement(
            sid="DenyOtherEnvironments",
            effect="Deny",
            actions=["*"],
            resources=[
                pattern
                for name in names
                for pattern in peer_arns(f"payment-*-{name}", f"/{site.platform.name}/{name}/*")
            ],
        ),
    ]

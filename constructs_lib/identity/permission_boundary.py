"""The most that any role of an environment can ever do."""

from collections.abc import Sequence
from typing import Self

from attrs import frozen
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from constructs import Construct

from constructs_lib.context import Context
from constructs_lib.identity.peer_arns import peer_arns
from constructs_lib.identity.policy import Statement, document
from model.names import ANY, Names


@frozen(kw_only=True, eq=False)
class PermissionBoundary:
    """One boundary for all roles, the same everywhere, closed to other environments [P2]."""

    arn: str

    @classmethod
    def create(cls, context: Context, *, also: Sequence[Statement] = ()) -> Self:
        """Create the managed policy that bounds roles; *also* is what a stack's own roles need."""
        node = Construct(context.stack, "boundary")
        policy = IamPolicy(
            node,
            "policy",
            name=context.names.of_stack(context.kind, "boundary"),
            description="What roles of this environment can do at most",
            policy=document(*_allowed(context), *also, *_denied(context)),
            tags=context.tags,
        )
        return cls(arn=policy.arn)


def _allowed(context: Context) -> list[Statement]:
    """Return the services that the platform uses, on this environment's resources."""
    names, account_id = context.names, context.environment.identity.account_id
    mine = names.resource(ANY)
    return [
        _own_resources(context, mine),
        Statement(
            sid="OwnObjects",
            actions=[
                "s3:AbortMultipartUpload",
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
            ],
            resources=[f"arn:aws:s3:::{names.bucket(ANY, account_id)}/*"],
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
                context.arn("ssm", f"parameter{names.parameter(ANY)}"),
                context.arn("kms", "key/*"),
                context.arn("logs", "log-group:*"),
            ],
        ),
        # It knows no resource.
        Statement(sid="SeeLogGroups", actions=["logs:DescribeLogGroups"], resources=["*"]),
        *to_run_in_network(context),
    ]


def _own_resources(context: Context, mine: str) -> Statement:
    return Statement(
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
            context.arn("dynamodb", f"table/{mine}"),
            context.arn("dynamodb", f"table/{mine}/index/*"),
            context.arn("lambda", f"function:{mine}"),
            context.arn("rds-db", f"dbuser:*/{mine}"),
            context.arn("sns", mine),
            context.arn("sqs", mine),
        ],
    )


def to_run_in_network(context: Context) -> list[Statement]:
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
            # The form that Lambda asks for: it checks more kinds than these actions are about.
            resources=[context.arn("ec2", "*/*")],
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


def _denied(context: Context) -> list[Statement]:
    """Return what denies other environments, whatever else allows them."""
    platform, peer_names = context.platform, context.local("deployment.peer_names")
    peers = [
        Names(platform=platform.name, ending=f"${{{peer_names}[{index}]}}")
        for index in range(len(platform.environments) - 1)
    ]
    return [
        Statement(
            sid="DenyOtherAccounts",
            effect="Deny",
            actions=["*"],
            resources=["*"],
            condition={
                "StringEquals": {"aws:ResourceAccount": context.raw("deployment.peer_account_ids")}
            },
        ),
        Statement(
            sid="DenyOtherEnvironments",
            effect="Deny",
            actions=["*"],
            resources=[
                pattern
                for peer in peers
                for pattern in peer_arns(peer.resource(ANY), peer.parameter(ANY))
            ],
        ),
    ]

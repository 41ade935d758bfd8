"""The actions that cannot be limited to a resource: `*` is the only ARN there is for them."""

from typing import Final

_ACTIONS: Final = """
    cloudwatch:PutMetricData
    ec2:DescribeNetworkInterfaces
    ec2:DescribeSecurityGroups
    ec2:DescribeSubnets
    ec2:DescribeVpcs
    ecr:GetAuthorizationToken
    kms:ListAliases
    kms:ListKeys
    lambda:ListFunctions
    logs:CreateLogDelivery
    logs:DeleteLogDelivery
    logs:DescribeLogGroups
    logs:DescribeResourcePolicies
    logs:GetLogDelivery
    logs:ListLogDeliveries
    logs:PutResourcePolicy
    logs:UpdateLogDelivery
    secretsmanager:GetRandomPassword
    ssm:DescribeParameters
    sts:GetCallerIdentity
    tag:GetResources
    xray:GetSamplingRules
    xray:GetSamplingStatisticSummaries
    xray:GetSamplingTargets
    xray:PutTelemetryRecords
    xray:PutTraceSegments
"""
_LAMBDA_IN_A_NETWORK: Final = """
    ec2:AssignPrivateIpAddresses
    ec2:CreateNetworkInterface
    ec2:DeleteNetworkInterface
    ec2:UnassignPrivateIpAddresses
"""
"""They know resources, but Lambda refuses a role that does not have them on `*`."""
ACT_ON_THE_ACCOUNT: Final = frozenset(_ACTIONS.lower().split())
"""They are asked of no resource at all, and act in the caller's account."""
KNOW_NO_RESOURCE: Final = ACT_ON_THE_ACCOUNT | frozenset(_LAMBDA_IN_A_NETWORK.lower().split())

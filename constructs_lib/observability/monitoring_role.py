"""The role with which RDS reports what goes on inside a database server."""

from constructs import Construct

from constructs_lib.identity.policy import Statement, trust
from constructs_lib.identity.role import Role
from constructs_lib.site import Site


def monitoring_role(scope: Construct, id_: str, *, site: Site) -> Role:
    """Let Enhanced Monitoring write to its log group, which has the same name in every account."""
    logs = site.arn("logs", "log-group:RDSOSMetrics")
    return Role.create(
        scope,
        id_,
        site=site,
        kind="database-monitor",
        trust=trust("monitoring.rds.amazonaws.com", site.environment.identity.account_id),
        statements=[
            Statement(
                sid="MakeLogs",
                actions=["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
                resources=[f"{logs}:*"],
            ),
            Statement(
                sid="WriteLogs",
                actions=[
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:GetLogEvents",
                    "logs:PutLogEvents",
                ],
                resources=[f"{logs}:log-stream:*"],
            ),
        ],
    )
